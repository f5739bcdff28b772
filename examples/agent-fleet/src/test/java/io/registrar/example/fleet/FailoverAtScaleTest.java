package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a large fleet when its master is killed: real processes, real HTTP, LevelDB. */
@Tag("full")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverAtScaleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());
  private static final String AGENT = "{\"hostname\":\"h\",\"port\":5051}";
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path directory;

  @Test
  void halfOfTwentyThousandStayAway() throws Exception {
    int all = 20_000;
    int half = all / 2;
    try (ChildMaster master = ChildMaster.start(work(), 0)) {
      register(master, all);
      assertThat(ask(master, "PUT", "/agents/rogue", AGENT).statusCode()).isEqualTo(201);
      assertThat(ask(master, "POST", "/agents/rogue/gone", "").statusCode()).isEqualTo(200);
      master.kill();
    }

    try (ChildMaster master =
        start("--agent_reregister_timeout=1secs", "--recovery_agent_removal_limit=10%")) {
      assertThat(master.awaitEnd()).as("too many are missing").isEqualTo(7);
    }

    Duration timeout = Duration.ofSeconds(45);
    long begin = System.nanoTime();
    try (ChildMaster master =
        start(
            "--agent_reregister_timeout=" + timeout.toSeconds() + "secs",
            "--agent_removal_rate_limit=1000/1secs")) {
      assertThat(get(master, "/failover").get("recovered").asInt()).isEqualTo(all);
      register(master, half);
      assertThat(ask(master, "PUT", "/agents/rogue", AGENT).statusCode()).isEqualTo(403);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> keepsToTheRate(master, begin + timeout.toNanos(), half));
      JsonNode after = get(master, "/failover");
      assertThat(after.get("reregistered").asInt()).isEqualTo(half);
      assertThat(after.get("missing").asInt()).isZero();
      assertThat(after.get("refused").asInt()).isEqualTo(1);
      assertThat(toldOf()).as("each once").hasSize(half).doesNotHaveDuplicates();
      assertThat(toldOf()).noneMatch(told -> isBelow(half, told));
      assertThat(master.terminate()).isZero();
    }
  }

  @Test
  void fiftyThousandComeBackWithoutAWrite() throws Exception {
    int all = 50_000;
    try (ChildMaster master = ChildMaster.start(work(), 0)) {
      register(master, all);
      master.kill();
    }
    try (ChildMaster master = start()) {
      JsonNode before = get(master, "/health/ready");
      double seconds = register(master, all);
      System.out.printf("%,d agents were registered again in %.1f s%n", all, seconds);
      assertThat(get(master, "/failover").get("reregistered").asInt()).isEqualTo(all);
      assertThat(get(master, "/health/ready")).isEqualTo(before);
      JsonNode metrics = get(master, "/metrics/snapshot");
      assertThat(metrics.get("registrar/operations/unchanged").asInt()).isEqualTo(all);
      assertThat(metrics.get("registrar/state_store_ms/count").asInt()).isZero();
    }
  }

  @Test
  void tenThousandMachinesAreOneCommitAndWhatWasSetOutlivesAKill() throws Exception {
    StringBuilder machines = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      machines.append(i == 0 ? "" : ",").append("{\"hostname\":\"machine-").append(i).append("\"}");
    }
    String list = "{\"machines\":[" + machines + "]}";
    String window =
        "{\"machines\":["
            + machines
            + "],\"unavailability\":{\"start\":\"2030-01-01T00:00:00Z\",\"duration\":\"PT1H\"}}";
    List<String> paths =
        List.of(
            "/maintenance/schedule",
            "/maintenance/status",
            "/quota",
            "/weights",
            "/frameworks",
            "/reservations",
            "/history");
    List<JsonNode> before;
    try (ChildMaster master = ChildMaster.start(work(), 0)) {
      long version = get(master, "/health/ready").get("version").asLong();
      change(master, "PUT", "/maintenance/schedule", "{\"windows\":[" + window + "]}");
      change(master, "POST", "/machine/down", list);
      assertThat(get(master, "/health/ready").get("version").asLong()).isEqualTo(version + 2);
      change(master, "PUT", "/quota/eng/build", "{\"limits\":{\"cpus\":4}}");
      change(master, "PUT", "/weights", "{\"weights\":[{\"role\":\"eng\",\"weight\":2.5}]}");
      change(master, "PUT", "/frameworks/f", "{\"name\":\"spark\"}");
      change(
          master,
          "PUT",
          "/agents/a",
          "{\"hostname\":\"h\",\"port\":5051,\"resources\":{\"cpus\":4}}");
      change(master, "PUT", "/reservation?agent=a&role=eng/build", "{\"resources\":{\"cpus\":2}}");
      before = answers(master, paths);
      master.kill();
    }
    try (ChildMaster master = start()) {
      assertThat(answers(master, paths)).isEqualTo(before);
      assertThat(get(master, "/maintenance/status").get("down")).hasSize(10_000);
    }
  }

  private Path work() {
    return directory.resolve("work");
  }

  private ChildMaster start(String... flags) throws IOException {
    return ChildMaster.start(work(), 0, flags);
  }

  /** Has the first so many agents of the fleet register; how many seconds that took. */
  private double register(ChildMaster master, int agents) throws Exception {
    FleetPlan plan = new FleetPlan(agents, 64, 0, Duration.ZERO, Duration.ofMinutes(1));
    long start = System.nanoTime();
    Tally tally =
        new Program(List.of(master.address()), directory.resolve("fleet.log")).work(1, plan, QUIET);
    assertThat(tally.broken()).isEmpty();
    assertThat(tally.acknowledged).isEqualTo(agents);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Whether so many are unreachable; never more than 1,000 a second since then. */
  private boolean keepsToTheRate(ChildMaster master, long earliest, int goal) throws Exception {
    int unreachable = get(master, "/failover").get("unreachable").asInt();
    double seconds = (System.nanoTime() - earliest) / 1e9;
    assertThat(unreachable).isLessThanOrEqualTo((int) (1_000 * Math.max(0, seconds)) + 1);
    return unreachable == goal;
  }

  /** Whom the master was told of as unreachable, as its log says. */
  private List<String> toldOf() throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("master.err"))) {
      return lines
          .filter(line -> line.contains("did not come back: unreachable"))
          .map(line -> line.replaceFirst(".*the agent (\\S+) on .*", "$1"))
          .toList();
    }
  }

  private static boolean isBelow(int half, String id) {
    return Integer.parseInt(id.replaceFirst(".*\\D", "")) < half;
  }

  /** The answers without the version, which a restart moves. */
  private List<JsonNode> answers(ChildMaster master, List<String> paths) throws Exception {
    List<JsonNode> answers = new ArrayList<>();
    for (String path : paths) {
      ObjectNode answer = (ObjectNode) get(master, path);
      answers.add(answer.without("version"));
    }
    return answers;
  }

  private void change(ChildMaster master, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = ask(master, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  private JsonNode get(ChildMaster master, String path) throws Exception {
    return JSON.readTree(ask(master, "GET", path, "").body());
  }

  private HttpResponse<String> ask(ChildMaster master, String method, String path, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(master.address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
