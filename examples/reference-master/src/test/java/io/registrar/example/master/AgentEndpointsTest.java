package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentEndpointsTest {
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
  void registeringAdmitsOnceAndWritesNothingForTheSameAgain() {
    Response admitted = master.put("/agents/once", AGENT);
    assertThat(admitted.status()).isEqualTo(201);
    assertThat(admitted.json().at("/agent/state").asText()).isEqualTo("REGISTERED");
    Response known = master.put("/agents/once", AGENT);
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.json()).isEqualTo(admitted.json());
  }

  @Test
  void registeringWithOtherWordsUpdates() {
    long before = master.put("/agents/moved", AGENT).json().get("version").asLong();
    Response moved = master.put("/agents/moved", AGENT.replace("h1", "h2"));
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.json().get("version").asLong()).isEqualTo(before + 1);
    assertThat(master.get("/agents/moved").json().at("/agent/hostname").asText()).isEqualTo("h2");
  }

  @Test
  void anAgentIsLostAndComesBack() {
    master.put("/agents/lost", AGENT);
    assertThat(master.post("/agents/lost/unreachable").json().at("/agent/state").asText())
        .isEqualTo("UNREACHABLE");
    Response again = master.post("/agents/lost/unreachable");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).contains("'lost' is unreachable since");
    assertThat(master.post("/agents/lost/reachable").json().at("/agent/state").asText())
        .isEqualTo("REGISTERED");
    master.post("/agents/lost/unreachable");
    Response said = master.send("/agents/lost/reachable", "POST", AGENT.replace("h1", "h9"));
    assertThat(said.json().at("/agent/hostname").asText()).isEqualTo("h9");
    master.post("/agents/lost/unreachable");
    assertThat(master.put("/agents/lost", AGENT).status()).isEqualTo(200);
  }

  @Test
  void anAgentThatIsGoneIsRefusedAndStaysGone() {
    master.put("/agents/gone", AGENT);
    assertThat(master.post("/agents/gone/gone").status()).isEqualTo(200);
    Response back = master.put("/agents/gone", AGENT);
    assertThat(back.status()).isEqualTo(403);
    assertThat(back.error()).contains("gone").contains("new id");
    assertThat(master.delete("/agents/gone").status()).isEqualTo(409);
    assertThat(master.post("/agents/gone/reachable").status()).isEqualTo(403);
    assertThat(master.get("/agents/gone").json().at("/agent/state").asText()).isEqualTo("GONE");
  }

  @Test
  void aRemovedAgentIsAsIfItHadNeverBeen() {
    master.put("/agents/left", AGENT);
    assertThat(master.delete("/agents/left").status()).isEqualTo(200);
    assertThat(master.get("/agents/left").status()).isEqualTo(404);
    assertThat(master.put("/agents/left", AGENT).status()).isEqualTo(201);
  }

  @Test
  void whatIsAskedOfAnUnknownAgentIsNotFound() {
    assertThat(master.get("/agents/nobody").status()).isEqualTo(404);
    assertThat(master.delete("/agents/nobody").status()).isEqualTo(404);
    assertThat(master.post("/agents/nobody/unreachable").status()).isEqualTo(404);
    assertThat(master.post("/agents/nobody/reachable").status()).isEqualTo(404);
    assertThat(master.post("/agents/nobody/gone").error()).contains("'nobody'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"quoted\"'b'",
        "two\nlines\tand\u0001control",
        "😀 and é, and e\u0301",
        "100%25+1 %2F",
        "a;b=c&d=e?f#g",
        "\\back\\slash",
        " spaces ",
        "...",
        "UPPER",
        "upper"
      })
  void anIdComesBackByteForByteByPathAndByQuery(String id) {
    Response byPath = master.put("/agents/" + encode(id), AGENT);
    assertThat(byPath.json().at("/agent/id").asText()).isEqualTo(id);
    assertThat(byPath.status()).isEqualTo(201);
    assertThat(master.get("/agent?id=" + encode(id)).json().at("/agent/id").asText()).isEqualTo(id);
    assertThat(master.put("/agent?id=" + encode(id), AGENT).status()).isEqualTo(200);
    assertThat(master.delete("/agents/" + encode(id)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "/", "..", ".", "../../etc/passwd"})
  void anIdThatAPathCannotCarryGoesByQueryAlone(String id) {
    Response byPath = master.put("/agents/" + encode(id).replace(".", "%2e"), AGENT);
    assertThat(byPath.status()).isEqualTo(400);
    assertThat(byPath.error()).contains("/agent?id=");
    assertThat(master.put("/agent?id=" + encode(id), AGENT).status()).isEqualTo(201);
    assertThat(master.get("/agent?id=" + encode(id)).json().at("/agent/id").asText()).isEqualTo(id);
    assertThat(master.post("/agent/unreachable?id=" + encode(id)).status()).isEqualTo(200);
    assertThat(master.post("/agent/reachable?id=" + encode(id)).status()).isEqualTo(200);
    assertThat(master.post("/agent/gone?id=" + encode(id)).status()).isEqualTo(200);
  }

  @Test
  void anIdIsOneToFiveHundredAndTwelveBytes() {
    assertThat(master.put("/agents/" + "é".repeat(256).replace("é", "%C3%A9"), AGENT).status())
        .isEqualTo(201);
    Response long513 = master.put("/agents/" + "x".repeat(513), AGENT);
    assertThat(long513.status()).isEqualTo(400);
    assertThat(long513.error()).contains("512").contains("513");
    assertThat(master.put("/agents/", AGENT).error()).contains("0 bytes");
    assertThat(master.put("/agent?id=", AGENT).error()).contains("0 bytes");
    assertThat(master.put("/agent", AGENT).error()).contains("/agent?id=");
    assertThat(master.put("/agents/a%00b", AGENT).status()).isEqualTo(400);
    assertThat(master.put("/agent?id=a%00b", AGENT).error()).contains("U+0000");
  }

  @Test
  void bytesThatAreNoTextMakeNoOtherId() {
    assertThat(master.put("/agents/%FF", AGENT).status()).isEqualTo(400);
    assertThat(master.put("/agents/%C3", AGENT).error()).contains("UTF-8");
    assertThat(master.put("/agent?id=%ED%A0%80", AGENT).status()).isEqualTo(400);
    assertThat(master.get("/agent?id=a&id=b").error()).contains("twice");
  }

  @Test
  void theHistoryNamesWhoAsked() {
    master.put("/agents/audited", AGENT);
    master.send("/agents/audited/gone", "POST", "", "X-Registrar-Principal", "ops@example.net");
    Response history = master.get("/history?agent=audited");
    assertThat(history.json().at("/entries/0/principal").asText()).isEqualTo("ops@example.net");
    assertThat(history.json().at("/entries/0/action").asText()).isEqualTo("agent gone");
    assertThat(history.json().get("entries")).hasSize(1);
    assertThat(master.get("/history?agent=nobody").json().get("entries")).isEmpty();
  }

  private static String encode(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
