package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.master.RunningMaster.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas, weights, reservations and resource providers. */
class SharesTest {
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
  void aQuotaIsSetAndTakenAway() {
    String quota = "{\"guarantees\":{\"cpus\":2},\"limits\":{\"cpus\":4,\"mem\":1024}}";
    Response set = master.put("/quota/eng/build", quota);
    assertThat(set.json().at("/quota/role").asText()).isEqualTo("eng/build");
    assertThat(master.put("/quota/eng%2Fbuild", quota).json()).isEqualTo(set.json());
    assertThat(master.get("/quota").json().at("/quotas/0")).isEqualTo(set.json().get("quota"));
    assertThat(master.delete("/quota/eng/build").status()).isEqualTo(200);
    assertThat(master.get("/quota").json().get("quotas")).isEmpty();
    Response again = master.delete("/quota/eng/build");
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.error()).contains("'eng/build' has no quota");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*    | {\"limits\":{\"cpus\":1}} | has no quota",
        "a//b | {\"limits\":{\"cpus\":1}} | no name of a role",
        "-a   | {\"limits\":{\"cpus\":1}} | no name of a role",
        "a/%2e%2e | {\"limits\":{\"cpus\":1}} | no name of a role",
        "a    | {\"limits\":{\"cpus\":-1}} | an amount of cpus is 0 to",
        "a    | {\"limits\":{\"cpus\":2e12}} | an amount of cpus is 0 to",
        "a    | {\"guarantees\":{\"cpus\":2},\"limits\":{\"cpus\":1}} | more than its limit",
        "a    | {\"guarantees\":{\"cpus\":\"2\"}} | 'guarantees.cpus' is a number",
        "a    | {\"guarantee\":{\"cpus\":2}} | no field 'guarantee'",
        "a    | {} | DELETE takes a role's quota away"
      })
  void anInvalidQuotaIsNamedAndNotSet(String role, String body, String says) {
    Response refused = master.put("/quota/" + role, body);
    assertThat(refused.error()).contains(says);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(master.get("/quota").json().get("quotas")).isEmpty();
  }

  @Test
  void weightsAreSetTogetherAndThoseNotNamedStay() {
    master.put("/weights", weights("a", "2", "b/c", "0.5"));
    Response second = master.put("/weights", weights("a", "3"));
    assertThat(second.json().get("weights")).hasSize(1);
    Response all = master.get("/weights");
    assertThat(all.json().get("weights")).hasSize(2);
    assertThat(all.json().at("/weights/0/weight").asDouble()).isEqualTo(3);
    assertThat(master.put("/weights", weights("a", "3")).json()).isEqualTo(second.json());
    for (String wrong : new String[] {"0", "-1", "1e999", "\"2\""}) {
      Response refused = master.put("/weights", weights("b/c", "7", "a", wrong));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.error()).contains("number");
    }
    assertThat(master.put("/weights", weights("a", "1", "a", "2")).error()).contains("given twice");
    assertThat(master.put("/weights", weights("a b", "1")).status()).isEqualTo(400);
    assertThat(master.get("/weights").json().get("weights")).isEqualTo(all.json().get("weights"));
  }

  @Test
  void aRoleReservesWhatTheAgentOffers() {
    master.put("/agent?id=r/1", AGENT);
    String cpus = "{\"resources\":{\"cpus\":3}}";
    assertThat(master.put("/reservation?agent=r/1&role=a", cpus).status()).isEqualTo(200);
    Response over = master.put("/reservation?agent=r/1&role=b", cpus);
    assertThat(over.status()).isEqualTo(409);
    assertThat(over.error()).contains("6.0 cpus").contains("offers 4.0");
    assertThat(master.get("/reservations?agent=r/1").json().get("reservations")).hasSize(1);
    assertThat(master.get("/reservations?agent=other").json().get("reservations")).isEmpty();
    assertThat(master.get("/reservation?agent=r/1&role=a").json().at("/reservation/resources/cpus"))
        .hasToString("3.0");
    assertThat(master.delete("/reservation?agent=r/1&role=a").status()).isEqualTo(200);
    assertThat(master.get("/reservation?agent=r/1&role=a").status()).isEqualTo(404);
    assertThat(master.delete("/reservation?agent=r/1&role=a").status()).isEqualTo(404);
  }

  @Test
  void aWrongReservationIsNamed() {
    String cpus = "{\"resources\":{\"cpus\":1}}";
    assertThat(master.put("/reservation?agent=nobody&role=a", cpus).status()).isEqualTo(404);
    assertThat(master.put("/reservation?agent=nobody", cpus).error()).contains("give both");
    assertThat(master.put("/reservation?agent=x&role=a%20b", cpus).status()).isEqualTo(400);
    Response none = master.put("/reservation?agent=x&role=a", "{\"resources\":{}}");
    assertThat(none.error()).contains("at least one resource");
    Response negative = master.put("/reservation?agent=x&role=a", cpus.replace("1", "-1"));
    assertThat(negative.error()).contains("more than 0");
    String wide = "x".repeat(511);
    assertThat(master.put("/reservation?agent=" + wide + "&role=a", cpus).error()).contains("512");
  }

  @Test
  void aResourceProviderThatWasRemovedMayNotComeBack() {
    String body = "{\"type\":\"csi\",\"name\":\"disks\"}";
    assertThat(master.put("/resource-providers/p", body).status()).isEqualTo(201);
    assertThat(master.put("/resource-providers/p", body).status()).isEqualTo(200);
    assertThat(master.put("/resource-providers/p", "{}").status()).isEqualTo(409);
    assertThat(master.get("/resource-provider?id=p").json().at("/resource-provider/name").asText())
        .isEqualTo("disks");
    assertThat(master.delete("/resource-providers/p").status()).isEqualTo(200);
    assertThat(master.put("/resource-providers/p", body).status()).isEqualTo(403);
    assertThat(master.delete("/resource-providers/p").status()).isEqualTo(404);
    assertThat(master.get("/resource-providers").json().at("/resource-providers/0/state").asText())
        .isEqualTo("REMOVED");
    assertThat(master.get("/resource-providers/q").status()).isEqualTo(404);
    assertThat(master.put("/resource-providers/q", "{\"type\":1}").status()).isEqualTo(400);
  }

  private static String weights(String... rolesAndWeights) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < rolesAndWeights.length; i += 2) {
      list.append(i == 0 ? "" : ",")
          .append("{\"role\":\"" + rolesAndWeights[i] + "\",\"weight\":")
          .append(rolesAndWeights[i + 1] + "}");
    }
    return "{\"weights\":[" + list + "]}";
  }
}
