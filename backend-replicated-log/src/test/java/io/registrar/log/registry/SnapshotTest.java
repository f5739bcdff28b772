package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.node.LogOptions;
import io.registrar.log.node.Pace;
import io.registrar.log.replica.ReplicaStatus;
import io.registrar.spi.Batch;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log whose tail has outgrown the state is cut below a snapshot, and what it held is still there.
 */
@Timeout(120)
class SnapshotTest {
  private static final Duration CALL = TestEnsemble.CALL;
  private static final int RECORDS = 12;

  @TempDir private Path root;

  @Test
  void theLogIsCutAndReopensToTheSameState() throws Exception {
    LogOptions options = LogOptions.alone(root.resolve("log"));
    Map<String, Integer> before;
    try (LogStorage storage = ReplicatedLogStorageProvider.open(options, CALL)) {
      StorageSession session = EnsembleTest.lead(storage);
      assertThat(writeUntilCut(storage, session)).isGreaterThan(0);
      EnsembleTest.put(session, "after", "the cut");
      before = fingerprints(storage.read(CALL));
    }
    try (LogStorage storage = ReplicatedLogStorageProvider.open(options, CALL)) {
      assertThat(isCut(storage.node().loop().status())).isTrue();
      assertThat(fingerprints(storage.read(CALL))).isEqualTo(before);
      assertThat(storage.changes(0).next(CALL)).isInstanceOf(ChangeEvent.StartFromSnapshot.class);
      assertThat(EnsembleTest.put(EnsembleTest.lead(storage), "b", "1")).isGreaterThan(1);
    }
  }

  @Test
  void aNewMemberLearnsFromTheSnapshot() throws Exception {
    Pace pace = new Pace(Duration.ofSeconds(2), Duration.ofMillis(200));
    try (TestEnsemble ensemble = new TestEnsemble(root, pace)) {
      LogStorage first = ensemble.open(1, 1);
      StorageSession session = EnsembleTest.lead(first);
      assertThat(writeUntilCut(first, session)).isGreaterThan(0);
      LogStorage second = ensemble.open(2, 1, 2);
      first.promoteMember(2, CALL, sentence -> {});
      assertThat(fingerprints(second.read(CALL))).isEqualTo(fingerprints(first.read(CALL)));
    }
  }

  @Test
  void aMemberThatWasAwayDuringThreeCutsComesBack() throws Exception {
    Pace pace = new Pace(Duration.ofSeconds(2), Duration.ofMillis(200));
    try (TestEnsemble ensemble = new TestEnsemble(root, pace)) {
      for (int id = 1; id <= 3; id++) {
        ensemble.open(id, 1, 2, 3);
      }
      LogStorage first = ensemble.member(1);
      StorageSession session = EnsembleTest.lead(first);
      EnsembleTest.put(session, "before", "it goes");
      ensemble.member(3).read(CALL).close();
      ensemble.close(3);
      for (int cut = 0; cut < 3; cut++) {
        assertThat(writeUntilCut(first, session)).isGreaterThan(0);
      }
      LogStorage back = ensemble.open(3, 1, 2, 3);
      assertThat(fingerprints(back.read(CALL))).isEqualTo(fingerprints(first.read(CALL)));
      assertThat(begin(back)).isEqualTo(begin(first));
      ensemble.close(2);
      EnsembleTest.put(session, "after", "by its vote");
    }
  }

  private static long begin(LogStorage storage) {
    return storage.gauges().get("log_begin");
  }

  /** How much was written until the log was cut; 0 if it was not. */
  private static int writeUntilCut(LogStorage storage, StorageSession session) throws Exception {
    long end = System.nanoTime() + CALL.toNanos();
    long before = Math.max(1, begin(storage));
    int written = 0;
    while (begin(storage) <= before && System.nanoTime() < end) {
      byte[] value = new byte[100_000];
      Arrays.fill(value, (byte) written);
      session.commit(
          Batch.of(Header.of(new byte[] {(byte) written}))
              .put(new RecordKey("thing", "r" + written % RECORDS), value)
              .build(),
          CALL);
      written++;
    }
    return begin(storage) > before ? written : 0;
  }

  private static boolean isCut(ReplicaStatus status) {
    return status.footing().filter(it -> it.base().begin().value() > 1).isPresent();
  }

  private static Map<String, Integer> fingerprints(Snapshot snapshot) throws Exception {
    Map<String, Integer> found = new TreeMap<>();
    try (snapshot) {
      found.put("version", (int) snapshot.version());
      found.put("header", snapshot.header().hashCode());
      for (Optional<StoredRecord> next = snapshot.next();
          next.isPresent();
          next = snapshot.next()) {
        found.put(next.get().key().id(), Arrays.hashCode(next.get().value()));
      }
    }
    return found;
  }
}
