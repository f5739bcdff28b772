package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.registrar.example.master.RunningMaster.Response;
import io.registrar.spi.Candidate;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two masters on a storage that elects one of them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandbyTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Candidate STRANGER = new Candidate("stranger", "http://192.0.2.7:5050");

  private final ElectingProvider storage = newStorage();
  private RunningMaster first;
  private RunningMaster second;

  @AfterEach
  void stop() {
    if (second != null) {
      second.close();
    }
    if (first != null) {
      first.close();
    }
  }

  @Test
  void aStandbySendsChangesToTheLeaderWithMethodAndQuery() throws Exception {
    startBoth();
    Response put = second.put("/agents/a", AGENT);
    assertThat(put.status()).isEqualTo(307);
    assertThat(put.headers().get("Location")).containsExactly(first.address() + "/agents/a");
    assertThat(second.put("/agents/a", "no JSON").status()).as("the leader judges").isEqualTo(307);
    assertThat(second.post("/agent/gone?id=a%2Fb").headers().get("Location"))
        .containsExactly(first.address() + "/agent/gone?id=a%2Fb");
    assertThat(second.get("/failover").headers().get("Location"))
        .containsExactly(first.address() + "/failover");
    for (RunningMaster any : List.of(first, second)) {
      Response redirect = any.get("/redirect");
      assertThat(redirect.status()).isEqualTo(307);
      assertThat(redirect.headers().get("Location")).containsExactly(first.address() + "/");
    }
    assertThat(first.get("/agents/a").status()).as("nothing was changed").isEqualTo(404);
  }

  @Test
  void aStandbyAnswersReadsAndSaysHowOldTheyAre() throws Exception {
    startBoth("--standby_copy_age=1ms");
    assertThat(first.put("/agents/a", AGENT).status()).isEqualTo(201);
    await().atMost(SOON).until(() -> second.get("/agents/a").status() == 200);
    for (String path : List.of("/agents", "/agents/a", "/registry", "/history", "/quota")) {
      Response copy = second.get(path);
      assertThat(copy.status()).as(path).isEqualTo(200);
      assertThat(copy.json().get("ageMillis").asLong()).as(path).isNotNegative();
      assertThat(copy.headers().get("Age").get(0)).as(path).matches("[0-9]+");
      Response own = first.get(path);
      assertThat(own.json().has("ageMillis")).as(path).isFalse();
      assertThat(own.headers()).as(path).doesNotContainKey("Age");
    }
    assertThat(second.get("/registry").json().get("digest"))
        .isEqualTo(first.get("/registry").json().get("digest"));
  }

  @Test
  void aCopyIsKeptAsLongAsItMayBeAndShownWithItsAgeWhenTheStorageIsAway() throws Exception {
    startBoth("--standby_copy_age=1hrs");
    assertThat(second.get("/agents").json().get("agents")).isEmpty();
    assertThat(first.put("/agents/a", AGENT).status()).isEqualTo(201);
    assertThat(second.get("/agents/a").status()).as("not read anew").isEqualTo(404);
    storage.cutOff(true);
    assertThat(second.get("/agents").status()).isEqualTo(200);
    storage.cutOff(false);
  }

  @Test
  void withoutAnyCopyAReadIsToldToComeAgain() throws Exception {
    startBoth();
    storage.cutOff(true);
    Response none = second.get("/agents");
    assertThat(none.status()).isEqualTo(503);
    assertThat(none.headers().get("Retry-After")).containsExactly("1");
    assertThat(none.error()).contains("the engine is away").contains("/redirect");
    // Who leads was never asked for before either.
    assertThat(second.put("/agents/a", AGENT).error()).contains("who leads cannot be found out");
    storage.cutOff(false);
  }

  @Test
  void healthAndMetricsTellAStandby() throws Exception {
    startBoth();
    assertThat(second.get("/health/live").status()).isEqualTo(200);
    assertThat(second.get("/health/ready").status()).isEqualTo(503);
    assertThat(second.get("/health/ready").error()).contains("stands by");
    assertThat(first.get("/health/ready").status()).isEqualTo(200);
    second.get("/agents");
    assertThat(second.get("/metrics/snapshot").json().get("master/elected").asInt()).isZero();
    assertThat(second.get("/metrics/snapshot").json().has("registrar/copy_age_ms")).isTrue();
    assertThat(first.get("/metrics/snapshot").json().get("master/elected").asInt()).isOne();
    assertThat(first.text("/metrics").body()).contains("\nmaster_elected 1");
    assertThat(second.text("/metrics").body())
        .contains("\nmaster_elected 0")
        .contains("\nregistrar_storage_timeline 7");
  }

  @Test
  void aLeaderThatIsToldToStopHandsOverWithoutLosingWhatItAnswered() throws Exception {
    startBoth();
    assertThat(first.put("/agents/a", AGENT).status()).isEqualTo(201);
    first.close();
    second.awaitLeads();
    assertThat(second.get("/agents/a").status()).isEqualTo(200);
    assertThat(second.put("/agents/a", AGENT).status()).isEqualTo(200);
    assertThat(second.ended()).isNotDone();
  }

  @Test
  void aLeaderThatLosesItsLeaseSaysSoAtOnceAndEnds() throws Exception {
    startBoth();
    storage.throne().vacate();
    Ending end = first.ended().get(30, TimeUnit.SECONDS);
    assertThat(end.code()).isEqualTo(ExitCode.LOST_LEADERSHIP);
    second.awaitLeads();
    assertThat(first.get("/health/ready").status()).isEqualTo(503);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(first.put("/agents/a", AGENT).headers().get("Location"))
                    .containsExactly(second.address() + "/agents/a"));
  }

  @Test
  void aFencedLeaderEndsToo() throws Exception {
    startBoth();
    storage
        .open(null, Duration.ofSeconds(1))
        .acquire("other", io.registrar.spi.Floor.NONE, Duration.ofSeconds(1));
    assertThat(first.put("/agents/a", AGENT).status()).isEqualTo(503);
    assertThat(first.ended().get(30, TimeUnit.SECONDS).code()).isEqualTo(ExitCode.LOST_LEADERSHIP);
  }

  @Test
  void aLeaderOfAnotherProgramIsRedirectedToAsWell() throws Exception {
    storage.throne().seat(STRANGER);
    second = start();
    assertThat(second.put("/agents/a", AGENT).headers().get("Location"))
        .containsExactly("http://192.0.2.7:5050/agents/a");
    storage.throne().vacate();
    second.awaitLeads();
  }

  @Test
  void whileNobodyLeadsTheyAreToldToComeAgain() throws Exception {
    CountDownLatch recovered = new CountDownLatch(1);
    storage.holdTakeovers(recovered);
    first = start();
    for (String path : List.of("/agents/a", "/redirect")) {
      Response none = first.send(path, path.equals("/redirect") ? "GET" : "PUT", "");
      assertThat(none.status()).isEqualTo(503);
      assertThat(none.headers().get("Retry-After")).containsExactly("1");
      assertThat(none.error()).contains("no master leads at the moment");
    }
    recovered.countDown();
    first.awaitLeads();
  }

  @Test
  void oneThatIsElectedAndMayNotLeadGivesTheLeaseBack() throws Exception {
    CountDownLatch elected = new CountDownLatch(1);
    storage.holdTakeovers(elected);
    first = start();
    second = start();
    storage.cutOff(true);
    elected.countDown();
    Ending end = first.ended().get(30, TimeUnit.SECONDS);
    assertThat(end.code()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(end.explanation()).contains("the engine is away");
    first.close();
    storage.cutOff(false);
    second.awaitLeads();
  }

  @Test
  void aStandbyThatIsCutOffWaitsForItsStorage() throws Exception {
    startBoth();
    storage.cutOff(true);
    first.close();
    assertThat(second.ended()).isNotDone();
    Response put = second.put("/agents/a", AGENT);
    assertThat(put.status()).isEqualTo(503);
    assertThat(put.headers().get("Retry-After")).containsExactly("1");
    storage.cutOff(false);
    second.awaitLeads();
    assertThat(second.put("/agents/a", AGENT).status()).isEqualTo(201);
  }

  @Test
  void aStandbyThatIsToldToStopLeavesTheLeaderAlone() throws Exception {
    startBoth();
    second.close();
    assertThat(first.put("/agents/a", AGENT).status()).isEqualTo(201);
    assertThat(first.ended()).isNotDone();
  }

  @Test
  void theAdvertisedAddressIsWhatOthersAreTold() throws Exception {
    first = start("--advertise_ip=192.0.2.8", "--advertise_port=80").awaitLeads();
    second = start();
    assertThat(second.get("/redirect").headers().get("Location"))
        .containsExactly("http://192.0.2.8:80/");
    assertThat(first.get("/registry").json().at("/records/master/0/address").asText())
        .isEqualTo("http://192.0.2.8:80");
  }

  @Test
  void anAddressThatNobodyCanFindIsRefused() {
    assertThatThrownBy(() -> start("--ip=0.0.0.0"))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("--advertise_ip=ADDRESS is needed with --ip=0.0.0.0");
  }

  private void startBoth(String... flags) throws Exception {
    first = start(flags).awaitLeads();
    second = start(flags);
  }

  private RunningMaster start(String... flags) throws Exception {
    String[] all = java.util.Arrays.copyOf(flags, flags.length + 1);
    all[flags.length] = "--registry=electing";
    return RunningMaster.start(StorageCatalog.of(List.of(storage)), all);
  }

  private static ElectingProvider newStorage() {
    try {
      return new ElectingProvider();
    } catch (StorageException e) {
      throw new AssertionError(e);
    }
  }
}
