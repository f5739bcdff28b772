package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log grows and shrinks by the operator's command while a fleet is at work: real processes, each
 * with its own disk. At each step the leader has every record that was acknowledged.
 */
class LogGrowthTest {
  private static final int AGENTS = 300;

  @TempDir private Path directory;

  /** Both learn at once: an empty member waits for a while before it takes part in anything. */
  @Test
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void oneBecomesThreeUnderLoad() throws Exception {
    try (LogMasters masters = new LogMasters(directory)) {
      masters.first();
      try (FleetProcess fleet = fleet(masters, 100)) {
        masters.join(2);
        masters.join(3);
        masters.change("promote", 2);
        masters.change("promote", 3);
        masters.cluster().restartEnded();
        fleet.awaitAcknowledged(100);
        assertThat(fleet.check().problems()).isEmpty();
      }
      assertThat(masters.voters()).containsExactly(1, 2, 3);
    }
  }

  /** At the default times. A supervisor starts again whoever ends. */
  @Test
  @Tag("full")
  @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void oneThreeFiveThreeAndEveryRecordIsThereAtEachStep() throws Exception {
    try (LogMasters masters = new LogMasters(directory)) {
      masters.first();
      int ended = 0;
      try (FleetProcess fleet = fleet(masters, AGENTS)) {
        fleet.awaitAcknowledged(1_000);
        for (int id = 2; id <= 5; id++) {
          masters.grow(id);
          ended += step(masters, fleet);
        }
        assertThat(masters.voters()).containsExactly(1, 2, 3, 4, 5);
        for (int id : List.of(2, 4)) {
          masters.change("remove", id);
          masters.retire(id);
          ended += step(masters, fleet);
        }
        System.out.printf(
            "1 -> 3 -> 5 -> 3 under load: %d acknowledged, %d masters ended unasked%n",
            fleet.acknowledged(), ended);
      }
      assertThat(masters.voters()).containsExactly(1, 3, 5);
    }
  }

  private static int step(LogMasters masters, FleetProcess fleet) throws Exception {
    fleet.awaitAcknowledged(500);
    int ended = masters.cluster().restartEnded();
    fleet.awaitAcknowledged(500);
    assertThat(fleet.check().problems()).isEmpty();
    return ended;
  }

  private FleetProcess fleet(LogMasters masters, int agents) throws Exception {
    masters.cluster().awaitLeader();
    return FleetProcess.start(
        masters.cluster().addresses(), agents, directory.resolve("fleet.log"));
  }
}
