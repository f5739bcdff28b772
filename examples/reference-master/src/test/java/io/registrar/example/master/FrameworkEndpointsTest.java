package io.registrar.example.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameworkEndpointsTest {
  private static final String BODY =
      "{\"name\":\"builds\",\"user\":\"ci\",\"roles\":[\"eng/build\"],"
          + "\"capabilities\":[\"PARTITION_AWARE\"],\"failoverTimeout\":\"PT1H\","
          + "\"labels\":{\"team\":\"x\"}}";

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
  void aFrameworkIsAdmittedUpdatedAndRemoved() {
    Response admitted = master.put("/frameworks/f1", BODY);
    assertThat(admitted.status()).isEqualTo(201);
    assertThat(admitted.json().at("/framework/failoverTimeout").asText()).isEqualTo("PT1H");
    Response same = master.put("/frameworks/f1", BODY);
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.json()).isEqualTo(admitted.json());
    master.put("/framework?id=f1", BODY.replace("builds", "tests"));
    Response shown = master.get("/frameworks/f1");
    assertThat(shown.json().at("/framework/name").asText()).isEqualTo("tests");
    assertThat(master.get("/frameworks").json().get("frameworks")).hasSize(1);
    assertThat(master.delete("/frameworks/f1").status()).isEqualTo(200);
    assertThat(master.get("/frameworks").json().get("frameworks")).isEmpty();
  }

  @Test
  void anUnknownFrameworkIsNotFound() {
    assertThat(master.get("/frameworks/nobody").error()).contains("'nobody'");
    assertThat(master.get("/frameworks/nobody").status()).isEqualTo(404);
    assertThat(master.delete("/frameworks/nobody").status()).isEqualTo(404);
    assertThat(master.delete("/framework?id=").status()).isEqualTo(400);
    assertThat(master.put("/framework", BODY).error()).contains("/framework?id=");
    assertThat(master.put("/frameworks/", BODY).error()).contains("0 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'name' is missing",
        "{\"name\":\"\"} | 1 to 255 characters",
        "{\"name\":\"n\",\"roles\":\"a\"} | 'roles' is a list; got \"a\"",
        "{\"name\":\"n\",\"roles\":[\"a\",7]} | 'roles[1]' is a string; got 7",
        "{\"name\":\"n\",\"roles\":[\"a//b\"]} | 'a//b' is no name of a role",
        "{\"name\":\"n\",\"failoverTimeout\":\"PT-1S\"} | a failover timeout is 0 or more",
        "{\"name\":\"n\",\"role\":\"a\"} | no field 'role'"
      })
  void aWrongFrameworkIsNamedAndNotAdmitted(String body, String says) {
    Response refused = master.put("/frameworks/wrong", body);
    assertThat(refused.error()).contains(says);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(master.get("/frameworks/wrong").status()).isEqualTo(404);
  }
}
