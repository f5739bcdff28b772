package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.node.Pace;
import io.registrar.spi.Batch;
import io.registrar.spi.Candidate;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Leadership;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three members, one registry: what a master sees of it. */
@Timeout(180)
class EnsembleTest {
  private static final Duration CALL = TestEnsemble.CALL;

  /** Slow enough for a machine that does much else. */
  private static final Pace PACE = new Pace(Duration.ofSeconds(2), Duration.ofMillis(200));

  @TempDir private Path root;

  @Test
  void whatOneCommitsTheOthersRead() throws Exception {
    try (TestEnsemble ensemble = three()) {
      StorageSession session = lead(ensemble.member(1));
      assertThat(put(session, "a", "1")).isEqualTo(1);
      assertThat(put(session, "b", "2")).isEqualTo(2);
      for (LogStorage member : ensemble.members()) {
        assertThat(records(member.read(CALL))).isEqualTo(Map.of("a", "1", "b", "2"));
      }
    }
  }

  @Test
  void whoeverTakesOverFencesTheOther() throws Exception {
    try (TestEnsemble ensemble = three()) {
      StorageSession first = lead(ensemble.member(1));
      put(first, "a", "1");
      StorageSession second = ensemble.member(2).acquire("second", Floor.NONE, CALL);
      assertThat(second.epoch()).isGreaterThan(first.epoch());
      assertThat(records(second.snapshot())).isEqualTo(Map.of("a", "1"));
      assertThatThrownBy(() -> put(first, "a", "2")).isInstanceOf(FencedException.class);
      assertThat(put(second, "a", "3")).isEqualTo(2);
    }
  }

  @Test
  void aLostDiskRecoversAndVotesAgain() throws Exception {
    try (TestEnsemble ensemble = three()) {
      StorageSession session = lead(ensemble.member(1));
      put(session, "a", "1");
      ensemble.close(3);
      put(session, "b", "2");
      delete(ensemble.directory(3));
      ensemble.open(3, 1, 2, 3);
      assertThat(records(ensemble.member(3).read(CALL))).isEqualTo(Map.of("a", "1", "b", "2"));
      // Only with the vote of the member that has lost its disk is there a majority now.
      awaitVote(ensemble.member(3));
      ensemble.close(2);
      assertThat(put(session, "c", "3")).isEqualTo(3);
    }
  }

  @Test
  void oneLeadsAndAnotherFollowsAtOnceWhenItResigns() throws Exception {
    // A lease that no pause of a busy machine outlasts: only the resignation ends it.
    try (TestEnsemble ensemble = three(new Pace(Duration.ofSeconds(40), Duration.ofMillis(500)))) {
      Candidate one = new Candidate("one", "http://one");
      Candidate two = new Candidate("two", "http://two");
      Leadership first = ensemble.member(1).election().campaign(one, CALL).orElseThrow();
      assertThat(ensemble.member(1).election().leader(CALL)).contains(one);
      assertThat(ensemble.member(2).election().campaign(two, Duration.ofMillis(300))).isEmpty();
      awaitLeader(ensemble.member(2), one);
      first.resign();
      assertThat(first.awaitEnd(Duration.ZERO)).isTrue();
      Optional<Leadership> second = ensemble.member(2).election().campaign(two, CALL);
      assertThat(second).isPresent();
    }
  }

  /** The leader says so again and again; each word may be lost. */
  private static void awaitLeader(LogStorage member, Candidate leader) throws Exception {
    long end = System.nanoTime() + CALL.toNanos();
    Optional<Candidate> known = Optional.empty();
    while (known.isEmpty() && System.nanoTime() < end) {
      known = member.election().leader(CALL);
    }
    assertThat(known).contains(leader);
  }

  @Test
  void aLeaderThatDiesIsReplacedAndNothingIsLost() throws Exception {
    try (TestEnsemble ensemble = three()) {
      Candidate one = new Candidate("one", "http://one");
      ensemble.member(1).election().campaign(one, CALL).orElseThrow();
      StorageSession session = lead(ensemble.member(1));
      put(session, "a", "1");
      // As dead as it can be in this JVM: its replica ends without a word to anybody.
      ensemble.member(1).node().close();
      Candidate two = new Candidate("two", "http://two");
      assertThat(ensemble.member(2).election().campaign(two, CALL)).isPresent();
      StorageSession next = ensemble.member(2).acquire("two", Floor.NONE, CALL);
      assertThat(records(next.snapshot())).isEqualTo(Map.of("a", "1"));
      assertThat(put(next, "b", "2")).isEqualTo(2);
    }
  }

  private TestEnsemble three() throws Exception {
    return three(PACE);
  }

  private TestEnsemble three(Pace pace) throws Exception {
    TestEnsemble ensemble = new TestEnsemble(root, pace);
    for (int id = 1; id <= 3; id++) {
      ensemble.open(id, 1, 2, 3);
    }
    return ensemble;
  }

  private static void awaitVote(LogStorage member) throws Exception {
    assertThat(member.node().loop().await(it -> it.votes(), CALL.toNanos()).votes()).isTrue();
  }

  static StorageSession lead(LogStorage storage) throws Exception {
    StorageSession session = storage.acquire("test", Floor.NONE, CALL);
    session.snapshot().close();
    return session;
  }

  static long put(StorageSession session, String id, String value) throws Exception {
    return session.commit(
        Batch.of(Header.EMPTY)
            .put(new RecordKey("thing", id), value.getBytes(StandardCharsets.UTF_8))
            .build(),
        CALL);
  }

  static Map<String, String> records(Snapshot snapshot) throws Exception {
    Map<String, String> records = new TreeMap<>();
    try (snapshot) {
      for (Optional<StoredRecord> next = snapshot.next();
          next.isPresent();
          next = snapshot.next()) {
        StoredRecord stored = next.get();
        records.put(stored.key().id(), new String(stored.value(), StandardCharsets.UTF_8));
      }
    }
    return records;
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
