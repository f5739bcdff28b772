package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main promise, from outside: a master that is killed has every acknowledged record after. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillAndRestartTest {
  private static final int AGENTS = 600;
  private static final long SEED = 3;
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedIsThereAfterEachKillAndTheFleetRegistersAgain() throws Exception {
    Path work = directory.resolve("work");
    ChildMaster master = ChildMaster.start(work, 0);
    int port = master.address().getPort();
    Program program = new Program(List.of(master.address()), directory.resolve("fleet.log"));
    CompletableFuture<Tally> fleet = CompletableFuture.supplyAsync(() -> work(program));
    try {
      for (int kill = 1; kill <= 2; kill++) {
        awaitAcknowledged(kill * AGENTS / 4, fleet);
        master.kill();
        master = ChildMaster.start(work, port);
        assertThat(program.check().problems()).isEmpty();
      }
      Tally tally = fleet.get(120, TimeUnit.SECONDS);
      assertThat(tally.broken()).isEmpty();
      assertThat(tally.restarts).isEqualTo(2);
      Findings findings = program.check();
      assertThat(findings.problems()).isEmpty();
      assertThat(findings.toString()).startsWith(AGENTS + " as acknowledged, 0 of unknown");
      assertThat(master.terminate()).isZero();
    } finally {
      master.close();
    }
  }

  @Test
  void aMasterThatIsToldToStopAnswersWhatIsInFlightAndEndsWithZero() throws Exception {
    Path work = directory.resolve("work");
    try (ChildMaster master = ChildMaster.start(work, 0)) {
      Program program = new Program(List.of(master.address()), directory.resolve("fleet.log"));
      CompletableFuture<Tally> fleet = CompletableFuture.supplyAsync(() -> work(program));
      awaitAcknowledged(AGENTS / 4, fleet);
      assertThat(master.terminate()).isZero();
      try (ChildMaster next = ChildMaster.start(work, master.address().getPort())) {
        Tally tally = fleet.get(120, TimeUnit.SECONDS);
        assertThat(tally.broken()).isEmpty();
        assertThat(program.check().problems()).isEmpty();
      }
    }
  }

  private static Tally work(Program program) {
    FleetPlan plan = new FleetPlan(AGENTS, 16, AGENTS, Duration.ZERO, Duration.ofMinutes(1));
    try {
      return program.work(SEED, plan, QUIET);
    } catch (IOException | InterruptedException | TimeoutException e) {
      throw new CompletionException(e);
    }
  }

  private void awaitAcknowledged(int many, CompletableFuture<Tally> fleet) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> fleet.isDone() || acknowledged() >= many);
    assertThat(fleet).as("the fleet still works").isNotDone();
  }

  private long acknowledged() throws IOException {
    Path file = directory.resolve("fleet.log");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.contains("acknowledged")).count();
    }
  }
}
