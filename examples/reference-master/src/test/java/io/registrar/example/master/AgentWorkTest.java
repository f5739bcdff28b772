package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentWorkTest {
  private static RunningMaster master;

  @BeforeAll
  static void start() throws Exception {
    master = RunningMaster.inMemory();
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @Test
  void anAgentIsDrainedThenReactivated() {
    master.put("/agents/d", AGENT);
    Response draining = master.post("/agents/d/drain", "{\"maxGracePeriod\":\"PT90S\"}");
    assertThat(draining.status()).isEqualTo(200);
    assertThat(draining.json().at("/agent/drain/state").asText()).isEqualTo("DRAINING");
    assertThat(draining.json().at("/agent/drain/maxGracePeriod").asText()).isEqualTo("PT1M30S");
    assertThat(draining.json().at("/agent/deactivated").asBoolean()).isTrue();
    Response early = master.post("/agents/d/reactivate");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.error()).contains("still being drained");
    assertThat(master.post("/agents/d/drained").json().at("/agent/drain/state").asText())
        .isEqualTo("DRAINED");
    Response active = master.post("/agents/d/reactivate");
    assertThat(active.json().at("/agent/deactivated").asBoolean(true)).isFalse();
    assertThat(active.json().at("/agent").has("drain")).isFalse();
  }

  @Test
  void anAgentThatIsToBeGoneOnceItIsEmptyIsGone() {
    master.put("/agents/leaving", AGENT);
    master.post("/agents/leaving/drain", "{\"markGone\":true}");
    assertThat(master.post("/agents/leaving/drained").json().at("/agent/state").asText())
        .isEqualTo("GONE");
    assertThat(master.put("/agents/leaving", AGENT).status()).isEqualTo(403);
  }

  @Test
  void deactivatingTwiceWritesOnce() {
    master.put("/agent?id=a/b", AGENT);
    Response first = master.post("/agent/deactivate?id=a/b");
    assertThat(first.json().at("/agent/deactivated").asBoolean()).isTrue();
    assertThat(master.post("/agent/deactivate?id=a/b").json()).isEqualTo(first.json());
    assertThat(master.get("/agent?id=a/b").json().at("/agent/deactivated").asBoolean()).isTrue();
  }

  @Test
  void whatIsNotBeingDrainedCannotHaveBeenDrained() {
    master.put("/agents/busy", AGENT);
    Response refused = master.post("/agents/busy/drained");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.error()).contains("'busy'").contains("not being drained");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "drained", "deactivate", "reactivate"})
  void anUnknownAgentIsNotFoundAndAGoneOneIsInTheWrongState(String action) {
    assertThat(master.post("/agents/nobody/" + action).status()).isEqualTo(404);
    master.put("/agents/gone-" + action, AGENT);
    master.post("/agents/gone-" + action + "/gone");
    Response refused = master.post("/agents/gone-" + action + "/" + action);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.error()).contains("gone since");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"maxGracePeriod\":\"-PT1S\"} | 0 or more",
        "{\"maxGracePeriod\":\"5 mins\"} | a duration such as PT1H30M; got \"5 mins\"",
        "{\"maxGracePeriod\":5} | a string; got 5",
        "{\"markGone\":\"yes\"} | true or false; got \"yes\"",
        "{\"mark_gone\":true} | no field 'mark_gone'",
        "[] | got []"
      })
  void aWrongDrainIsNamedAndChangesNothing(String body, String says) {
    master.put("/agents/wrong", AGENT);
    Response refused = master.post("/agents/wrong/drain", body);
    assertThat(refused.error()).contains(says);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(master.get("/agents/wrong").json().at("/agent").has("drain")).isFalse();
  }
}
