package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.disk.LogInspector;
import io.registrar.log.disk.StoredRecord;
import io.registrar.log.node.Pace;
import io.registrar.spi.Candidate;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the figures of a member say is so. */
@Timeout(180)
class FiguresTest {
  private static final int FRAME_HEADER_BYTES = 32;
  private static final Duration CALL = TestEnsemble.CALL;

  /** A lease that no pause of a busy machine outlasts: who leads changes by request alone. */
  private static final Pace PACE = new Pace(Duration.ofSeconds(40), Duration.ofMillis(500));

  @TempDir private Path root;

  @Test
  void theLeaderAndHowFarTheOthersAreBehind() throws Exception {
    try (TestEnsemble ensemble = three()) {
      Set<String> names = ensemble.member(1).gauges().keySet();
      StorageSession session = EnsembleTest.lead(ensemble.member(1));
      EnsembleTest.put(session, "a", "1");
      for (LogStorage member : ensemble.members()) {
        await(member, it -> it.get("log_leader") == 1 && it.get("log_ballot") > 0);
      }
      await(ensemble.member(1), it -> it.get("log_coordinator") == 1 && it.get("log_lag") == 0);
      await(ensemble.member(1), it -> it.get("log_lag_2") == 0 && it.get("log_lag_3") == 0);
      assertThat(ensemble.member(1).gauges())
          .containsEntry("log_lag_1", -1L)
          .containsEntry("log_lag_4", -1L);
      ensemble.close(3);
      for (int n = 1; n <= 5; n++) {
        EnsembleTest.put(session, "a", "more " + n);
      }
      await(ensemble.member(1), it -> it.get("log_lag_3") >= 5 && it.get("log_lag_2") == 0);
      await(ensemble.member(1), it -> it.get("log_lag") >= 5);
      assertThat(ensemble.member(1).gauges().keySet()).isEqualTo(names);
    }
  }

  @Test
  void electionsThatWereWon() throws Exception {
    try (TestEnsemble ensemble = three()) {
      Candidate one = new Candidate("one", "http://one");
      for (int n = 1; n <= 2; n++) {
        Leadership won = ensemble.member(1).election().campaign(one, CALL).orElseThrow();
        assertThat(ensemble.member(1).gauges()).containsEntry("log_elections", (long) n);
        won.resign();
      }
      assertThat(ensemble.member(2).gauges()).containsEntry("log_elections", 0L);
    }
  }

  @Test
  void aStoreThatWasFoundDamagedAndRecovered() throws Exception {
    try (TestEnsemble ensemble = three()) {
      StorageSession session = EnsembleTest.lead(ensemble.member(1));
      EnsembleTest.put(session, "a", "1");
      EnsembleTest.put(session, "b", "2");
      ensemble.close(3);
      damageTwoRecords(ensemble.directory(3));
      ensemble.open(3, 1, 2, 3);
      assertThat(ensemble.member(3).gauges())
          .containsEntry("log_damages", 2L)
          .containsEntry("log_recoveries", 1L);
      assertThat(ensemble.member(1).gauges())
          .containsEntry("log_damages", 0L)
          .containsEntry("log_recoveries", 0L);
      assertThat(EnsembleTest.records(ensemble.member(3).read(CALL)))
          .isEqualTo(Map.of("a", "1", "b", "2"));
    }
  }

  private TestEnsemble three() throws Exception {
    TestEnsemble ensemble = new TestEnsemble(root, PACE);
    for (int id = 1; id <= 3; id++) {
      ensemble.open(id, 1, 2, 3);
    }
    return ensemble;
  }

  private static void await(LogStorage member, Predicate<Map<String, Long>> shown) {
    try {
      Deadline.after(CALL)
          .await("the figures are as they should be", () -> shown.test(member.gauges()));
    } catch (AssertionError e) {
      throw new AssertionError("at the end they are " + member.gauges(), e);
    }
  }

  /** Whole records lie behind them, which say that these were synced. */
  private static void damageTwoRecords(Path directory) throws IOException {
    List<StoredRecord> records = new ArrayList<>();
    try (LogInspector inspector = LogInspector.open(directory)) {
      inspector.read(
          records::add,
          place -> {
            throw new AssertionError("damaged before: " + place);
          });
    }
    Path segment;
    try (Stream<Path> files = Files.list(directory.resolve("current"))) {
      segment = files.sorted().findFirst().orElseThrow();
    }
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      for (StoredRecord record : List.of(records.get(1), records.get(4))) {
        long inItsPayload = record.offset() + FRAME_HEADER_BYTES + 2;
        file.seek(inItsPayload);
        int there = file.read();
        file.seek(inItsPayload);
        file.write(there ^ 0x55);
      }
    }
  }
}
