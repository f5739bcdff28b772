package io.registrar.example.master;

import static io.registrar.example.master.RunningMaster.AGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.registrar.example.master.RunningMaster.Response;
import io.registrar.example.master.flag.UsageException;
import io.registrar.spi.StorageCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailoverTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void whoDoesNotComeBackIsUnreachableAndWhoDoesIsNot() throws Exception {
    withAgents(4);
    try (RunningMaster master = start("--agent_reregister_timeout=8secs")) {
      JsonNode before = master.get("/failover").json();
      assertThat(before.get("recovered").asInt()).isEqualTo(4);
      assertThat(master.put("/agents/a0", AGENT).status()).isEqualTo(200);
      assertThat(master.post("/agents/a1/gone").status()).isEqualTo(200);
      assertThat(before.get("missing").asInt()).isEqualTo(4);
      await().atMost(LONG).until(() -> count(master, "unreachable") == 2);
      JsonNode after = master.get("/failover").json();
      assertThat(after.get("reregistered").asInt()).isEqualTo(1);
      assertThat(after.get("missing").asInt()).isZero();
      assertThat(after.get("stopped").asBoolean(true)).isFalse();
      assertThat(state(master, "a0")).isEqualTo("REGISTERED");
      assertThat(state(master, "a1")).isEqualTo("GONE");
      assertThat(state(master, "a2")).isEqualTo("UNREACHABLE");
      assertThat(master.get("/metrics/snapshot").json().get("failover/unreachable").asInt())
          .isEqualTo(2);
    }
  }

  @Test
  void theRateLimitsHowManyAreGivenUp() throws Exception {
    withAgents(3);
    try (RunningMaster master =
        start("--agent_reregister_timeout=100ms", "--agent_removal_rate_limit=1/1hrs")) {
      await().atMost(LONG).until(() -> count(master, "unreachable") == 1);
      assertThat(count(master, "limited")).isEqualTo(2);
      assertThat(count(master, "missing")).isEqualTo(2);
    }
  }

  @Test
  void tooManyMissingStopTheMasterWithItsOwnExitCodeAndMarkNobody() throws Exception {
    withAgents(4);
    try (RunningMaster master =
        start("--agent_reregister_timeout=100ms", "--recovery_agent_removal_limit=50%")) {
      Ending end = master.ended().get(60, TimeUnit.SECONDS);
      assertThat(end.code()).isEqualTo(ExitCode.TOO_MANY_MISSING);
      assertThat(end.code().status()).isEqualTo(7);
      assertThat(end.explanation()).contains("4 of 4").contains("--recovery_agent_removal_limit");
      assertThat(master.get("/failover").json().get("stopped").asBoolean()).isTrue();
      assertThat(state(master, "a0")).isEqualTo("REGISTERED");
    }
  }

  @Test
  void anAgentThatMayNotComeIsRefusedAndCounted() throws Exception {
    withAgents(1);
    try (RunningMaster master = start("--registry_strict=true")) {
      master.post("/agents/a0/gone");
      assertThat(master.put("/agents/a0", AGENT).status()).isEqualTo(403);
      Response stranger = master.put("/agents/stranger", AGENT);
      assertThat(stranger.status()).isEqualTo(403);
      assertThat(stranger.error()).contains("only known agents");
      assertThat(count(master, "refused")).isEqualTo(2);
      assertThat(master.post("/agents/stranger/admit", AGENT).status()).isEqualTo(201);
      assertThat(master.put("/agents/stranger", AGENT).status()).isEqualTo(200);
      assertThat(master.post("/agents/stranger/admit", AGENT).status()).isEqualTo(409);
      assertThat(master.post("/agents/other/reachable", AGENT).status()).isEqualTo(200);
    }
  }

  @Test
  void agentsLongGoneArePruned() throws Exception {
    withAgents(2);
    try (RunningMaster master =
        start("--registry_gc_interval=50ms", "--registry_max_agent_count=0")) {
      master.post("/agents/a0/gone");
      await().atMost(LONG).until(() -> master.get("/agents/a0").status() == 404);
      await().atMost(LONG).until(() -> count(master, "pruned") == 1);
      assertThat(state(master, "a1")).isEqualTo("REGISTERED");
    }
  }

  @Test
  void whatWasSetIsThereAfterARestart() throws Exception {
    List<String> paths =
        List.of(
            "/quota", "/weights", "/frameworks", "/maintenance/status", "/maintenance/schedule");
    List<JsonNode> before = new ArrayList<>();
    try (RunningMaster master = start()) {
      master.put("/quota/a", "{\"limits\":{\"cpus\":1}}");
      master.put("/weights", "{\"weights\":[{\"role\":\"a\",\"weight\":2}]}");
      master.put("/frameworks/f", "{\"name\":\"f\"}");
      master.put(
          "/maintenance/schedule",
          "{\"windows\":[{\"machines\":[{\"hostname\":\"h\"}],"
              + "\"unavailability\":{\"start\":\"2030-01-01T00:00:00Z\"}}]}");
      paths.forEach(path -> before.add(records(master, path)));
    }
    try (RunningMaster master = start()) {
      List<JsonNode> after = new ArrayList<>();
      paths.forEach(path -> after.add(records(master, path)));
      assertThat(after).isEqualTo(before);
      assertThat(after.get(0)).hasSize(1);
    }
  }

  private void withAgents(int number) throws CannotStartException, UsageException {
    try (RunningMaster master = start()) {
      for (int i = 0; i < number; i++) {
        assertThat(master.put("/agents/a" + i, AGENT).status()).isEqualTo(201);
      }
    }
  }

  private RunningMaster start(String... flags) throws CannotStartException, UsageException {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.add("--registry=leveldb");
    all.add("--work_dir=" + directory.resolve("work"));
    return RunningMaster.start(StorageCatalog.discover(), all.toArray(String[]::new));
  }

  /** The records in an answer, which follow its version. */
  private static JsonNode records(RunningMaster master, String path) {
    JsonNode answer = master.get(path).json();
    return answer.properties().stream().skip(1).findFirst().orElseThrow().getValue();
  }

  private static int count(RunningMaster master, String what) {
    return master.get("/failover").json().get(what).asInt();
  }

  private static String state(RunningMaster master, String id) {
    return master.get("/agents/" + id).json().at("/agent/state").asText();
  }
}
