package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
  private static final String WHEN =
      "\"unavailability\":{\"start\":\"2030-01-01T00:00:00Z\",\"duration\":\"PT1H\"}";

  private RunningMaster master;

  @BeforeEach
  void start() throws Exception {
    master = RunningMaster.inMemory();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void aMachineIsScheduledTakenDownAndBroughtUp() {
    assertThat(schedule("default", "H1", "h2").status()).isEqualTo(200);
    Response status = master.get("/maintenance/status");
    assertThat(status.json().at("/draining/0/id/hostname").asText()).isEqualTo("h1");
    assertThat(status.json().get("down")).isEmpty();

    assertThat(master.post("/machine/down", machines("h1")).status()).isEqualTo(200);
    status = master.get("/maintenance/status");
    assertThat(status.json().at("/down/0/id/hostname").asText()).isEqualTo("h1");
    assertThat(status.json().at("/draining/0/id/hostname").asText()).isEqualTo("h2");
    Response rogue = master.put("/agents/on-h1", AGENT);
    assertThat(rogue.status()).isEqualTo(403);
    assertThat(rogue.error()).contains("'h1' is down for maintenance");
    assertThat(master.get("/failover").json().get("refused").asInt()).isEqualTo(1);

    assertThat(master.post("/machine/up", machines("h1")).status()).isEqualTo(200);
    assertThat(master.put("/agents/on-h1", AGENT).status()).isEqualTo(201);
    assertThat(master.get("/maintenance/status").json().get("down")).isEmpty();
  }

  @Test
  void schedulesAreShownAsTheyWereGiven() {
    schedule("default", "h1");
    Response other = schedule("racks", "h2", "h3");
    Response shown = master.get("/maintenance/schedule");
    assertThat(shown.json().at("/schedules/1")).isEqualTo(other.json().get("schedule"));
    assertThat(shown.json().at("/schedules/0/name").asText()).isEqualTo("default");
    assertThat(shown.json().at("/schedules/0/windows/0/unavailability/duration").asText())
        .isEqualTo("PT1H");
    master.put("/maintenance/schedule", "{\"windows\":[]}");
    assertThat(master.get("/maintenance/schedule").json().get("schedules")).hasSize(1);
  }

  @Test
  void aMachineInTwoSchedulesOrTwiceInOneIsRefused() {
    schedule("a", "h1");
    Response other = schedule("b", "h1");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.error()).contains("'h1' is in the schedule 'a' already");
    Response twice = schedule("b", "h2", "H2");
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.error()).contains("'h2' is in the schedule twice");
    assertThat(master.get("/maintenance/schedule").json().get("schedules")).hasSize(1);
  }

  @Test
  void aMachineThatIsDownCannotVanishFromItsSchedule() {
    schedule("default", "h1", "h2");
    master.post("/machine/down", machines("h1"));
    Response refused = schedule("default", "h2");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.error()).contains("bring it up first");
  }

  @Test
  void agentsOnAMachineThatGoesDownAreRemovedAndRefused() {
    master.put("/agents/a1", AGENT);
    schedule("default", "h1");
    Response down = master.post("/machine/down", machines("H1"));
    assertThat(down.json().at("/removedAgents")).hasSize(1);
    assertThat(down.json().at("/removedAgents/0").asText()).isEqualTo("a1");
    assertThat(master.get("/agents/a1").status()).isEqualTo(404);
  }

  @Test
  void machinesGoDownAndUpAllOrNone() {
    schedule("default", "h1");
    Response unknown = master.post("/machine/down", machines("h1", "stranger"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.error()).contains("'stranger' is in no maintenance schedule");
    assertThat(master.get("/maintenance/status").json().get("down")).isEmpty();
    Response up = master.post("/machine/up", machines("h1"));
    assertThat(up.status()).isEqualTo(409);
    assertThat(up.error()).contains("'h1' is not down");
    master.post("/machine/down", machines("h1"));
    assertThat(master.post("/machine/down", machines("h1")).status()).isEqualTo(409);
    assertThat(master.post("/machine/up", machines("stranger")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"machines\":[]} | names one at least",
        "{\"machines\":[{\"hostname\":\"h\"},{\"hostname\":\"H\"}]} | 'h' is named twice",
        "{\"machines\":[{}]} | a hostname, an ip, or both",
        "{\"machines\":[{\"ip\":\"ten\"}]} | 'ten' is no IP address",
        "{\"machines\":[{\"host\":\"h\"}]} | no field 'machines[0].host'",
        "{\"machines\":\"h\"} | 'machines' is a list",
        "{} | 'machines' is missing"
      })
  void wrongMachinesAreNamed(String body, String says) {
    for (String path : new String[] {"/machine/down", "/machine/up"}) {
      Response refused = master.post(path, body);
      assertThat(refused.error()).contains(says);
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'windows' is missing",
        "{\"windows\":[{\"machines\":[{\"hostname\":\"h\"}]}]} | 'windows[0].unavailability' is missing",
        "{\"windows\":[{\"machines\":[],\"unavailability\":{\"start\":\"2030-01-01T00:00:00Z\"}}]} | at least one machine",
        "{\"windows\":[{\"machines\":[{\"hostname\":\"h\"}],\"unavailability\":{\"start\":\"soon\"}}]} | a time such as",
        "{\"windows\":[{\"machines\":[{\"hostname\":\"h\"}],\"unavailability\":{\"start\":\"2030-01-01T00:00:00Z\",\"duration\":\"-PT1H\"}}]} | 0 or more",
        "{\"name\":\"\",\"windows\":[]} | 1 to 64 characters"
      })
  void aWrongScheduleIsNamed(String body, String says) {
    Response refused = master.put("/maintenance/schedule", body);
    assertThat(refused.error()).contains(says);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(master.get("/maintenance/schedule").json().get("schedules")).isEmpty();
  }

  private Response schedule(String name, String... hostnames) {
    String list = machines(hostnames);
    String window = "{" + list.substring(1, list.length() - 1) + "," + WHEN + "}";
    return master.put(
        "/maintenance/schedule", "{\"name\":\"" + name + "\",\"windows\":[" + window + "]}");
  }

  private static String machines(String... hostnames) {
    StringBuilder list = new StringBuilder();
    for (String hostname : hostnames) {
      list.append(list.isEmpty() ? "" : ",").append("{\"hostname\":\"" + hostname + "\"}");
    }
    return "{\"machines\":[" + list + "]}";
  }
}
