package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.tck.fault.FileDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory of the file system. */
class SegmentedStoreTest {
  private static final SegmentSizes SMALL = new SegmentSizes(4096, 1024);

  @TempDir Path home;

  private SegmentedStore open() throws IOException {
    return SegmentedStore.open(home, Records.ID, SMALL);
  }

  private static List<DurableRecord> none() {
    throw new AssertionError("no new file was due");
  }

  @Test
  void isEmptyAndInOrderAtFirst() throws IOException {
    try (SegmentedStore store = open()) {
      assertThat(store.survived()).isEmpty();
      assertThat(store.damage()).isEqualTo(Damage.none());
    }
    try (SegmentedStore store = open()) {
      assertThat(store.damage()).isEqualTo(Damage.none());
    }
  }

  @Test
  void handsBackWhatWasWrittenInOrder() throws IOException {
    List<DurableRecord> written = new ArrayList<>(Records.founded());
    try (SegmentedStore store = open()) {
      store.append(written, SegmentedStoreTest::none);
      store.append(
          List.of(Records.promised(7), Records.accepted(1, 300)), SegmentedStoreTest::none);
      store.sync();
    }
    written.add(Records.promised(7));
    written.add(Records.accepted(1, 300));
    try (SegmentedStore store = open()) {
      assertThat(Records.all(store.survived())).isEqualTo(written);
      assertThat(Records.all(store.survived())).as("a second time").isEqualTo(written);
      store.append(List.of(Records.accepted(2, 10)), SegmentedStoreTest::none);
      store.sync();
    }
    written.add(Records.accepted(2, 10));
    try (SegmentedStore store = open()) {
      assertThat(Records.all(store.survived())).isEqualTo(written);
      assertThat(store.damage()).isEqualTo(Damage.none());
    }
  }

  @Test
  void readsEntriesByPositionAsLastWritten() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.append(
          List.of(Records.accepted(1, 50), Records.accepted(2, 50), Records.accepted(3, 50)),
          SegmentedStoreTest::none);
      store.append(
          List.of(new DurableRecord.Learned(new Position(3), Records.entry(33, 20))),
          SegmentedStoreTest::none);
      assertThat(store.read(new Position(1), new Position(3), 1 << 20))
          .containsExactly(Records.entry(1, 50), Records.entry(2, 50), Records.entry(33, 20));
      assertThat(store.read(new Position(2), new Position(3), 1))
          .containsExactly(Records.entry(2, 50));
      assertThatThrownBy(() -> store.read(new Position(4), new Position(4), 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("#4");
    }
  }

  @Test
  void beginsNewFilesWithTheCheckpointAndDeletesThoseThatNothingNeeds() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      for (long position = 1; position <= 60; position++) {
        final long now = position;
        store.append(
            List.of(Records.accepted(position, 300)),
            () -> Records.checkpoint(Records.ballot(1), 1, now));
        store.sync();
      }
      int before = segments().size();
      assertThat(before).isGreaterThan(3);
      store.truncate(Records.footing(50));
      assertThat(segments().size()).isLessThan(before).isGreaterThan(1);
      assertThat(store.read(new Position(50), new Position(60), 1 << 20)).hasSize(11);
    }
    try (SegmentedStore store = open()) {
      List<DurableRecord> survived = Records.all(store.survived());
      assertThat(survived.get(0)).isInstanceOf(DurableRecord.Started.class);
      assertThat(survived).contains(Records.accepted(50, 300), Records.accepted(60, 300));
      assertThat(store.damage()).isEqualTo(Damage.none());
      assertThat(store.read(new Position(50), new Position(60), 1 << 20)).hasSize(11);
    }
  }

  private List<Path> segments() throws IOException {
    return FileDamage.filesBelow(home.resolve("current"));
  }

  @Test
  void keepsStagedEntriesUntilTheLogIsCutAboveThem() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.append(
          List.of(new DurableRecord.Staging(Records.footing(20))), SegmentedStoreTest::none);
      for (long position = 20; position <= 40; position++) {
        store.append(
            List.of(new DurableRecord.Staged(new Position(position), Records.entry(position, 300))),
            () -> List.of(new DurableRecord.Staging(Records.footing(20))));
      }
      store.append(List.of(new DurableRecord.Installed(Records.footing(20))), List::of);
      store.truncate(Records.footing(20));
      assertThat(store.read(new Position(20), new Position(40), 1 << 20)).hasSize(21);
    }
    try (SegmentedStore store = open()) {
      assertThat(store.read(new Position(20), new Position(40), 1 << 20)).hasSize(21);
      int before = segments().size();
      store.truncate(Records.footing(40));
      assertThat(segments().size()).isLessThan(before);
      assertThat(store.read(new Position(40), new Position(40), 1)).hasSize(1);
    }
  }

  @Test
  void anotherThreadReadsBesideTheWriter() throws Exception {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    AtomicLong written = new AtomicLong(1);
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.append(List.of(Records.learned(1, 100)), SegmentedStoreTest::none);
      Future<Long> reads =
          reader.submit(
              () -> {
                long count = 0;
                while (written.get() < 300) {
                  long last = written.get();
                  long position = 1 + count++ % last;
                  assertThat(store.read(new Position(position), new Position(last), 200))
                      .startsWith(Records.entry(position, 100));
                }
                return count;
              });
      for (long position = 2; position <= 300; position++) {
        long now = position;
        store.append(
            List.of(Records.learned(position, 100)),
            () -> Records.checkpoint(Records.ballot(1), 1, now));
        written.set(position);
      }
      assertThat(reads.get(2, TimeUnit.MINUTES)).isNotNegative();
    } finally {
      reader.shutdownNow();
    }
  }

  @Test
  void aDamagedStoreHandsBackNothingUntilItIsSetAside() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.append(List.of(Records.accepted(1, 300)), SegmentedStoreTest::none);
      store.sync();
    }
    Path segment = segments().get(0);
    byte[] damaged = flipped(segment, 120);
    try (SegmentedStore store = open()) {
      assertThat(store.damage().kind()).isEqualTo(Damage.Kind.LOST);
      assertThat(store.damagedPlaces().get(0).file()).isEqualTo(segment);
      assertThat(store.survived()).isEmpty();
      assertThatThrownBy(() -> store.append(Records.founded(), SegmentedStoreTest::none))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged")
          .hasMessageContaining(segment.toString());
      store.setAside();
      assertThat(store.damage().kind()).isEqualTo(Damage.Kind.LOST);
    }
    assertThat(Files.readAllBytes(home.resolve("set-aside-1").resolve(segment.getFileName())))
        .isEqualTo(damaged);
    try (SegmentedStore store = open()) {
      assertThat(store.damage().kind()).as("before the first record").isEqualTo(Damage.Kind.LOST);
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.sync();
    }
    try (SegmentedStore store = open()) {
      assertThat(store.damage()).as("after it").isEqualTo(Damage.none());
      assertThat(Records.all(store.survived())).isEqualTo(Records.founded());
    }
  }

  private static byte[] flipped(Path file, long offset) throws IOException {
    FileDamage.flip(file, offset, 1);
    return Files.readAllBytes(file);
  }

  @Test
  void aStoreThatIsSetAsideRemembersItsEnsemble() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.setAside();
      assertThat(store.damage().ensemble()).contains(Records.FOUNDING.ensemble());
      assertThat(store.survived()).isEmpty();
    }
    try (SegmentedStore store = open()) {
      assertThat(store.damage())
          .isEqualTo(Damage.lost(java.util.Optional.of(Records.FOUNDING.ensemble())));
    }
  }

  @Test
  void anEmptyStoreIsNotSetAsideAgain() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
      store.setAside();
    }
    for (int start = 0; start < 2; start++) {
      try (SegmentedStore store = open()) {
        assertThat(store.damage().kind()).isEqualTo(Damage.Kind.LOST);
        store.setAside();
        assertThat(store.damage().ensemble()).contains(Records.FOUNDING.ensemble());
      }
    }
    assertThat(home).isDirectoryNotContaining("glob:**/set-aside-2");
  }

  @Test
  void anotherMembersStoreIsRefused() throws IOException {
    try (SegmentedStore store = open()) {
      store.append(Records.founded(), SegmentedStoreTest::none);
    }
    assertThatThrownBy(() -> SegmentedStore.open(home, new MemberId(2), SMALL))
        .isInstanceOf(IncompatibleStoreException.class)
        .hasMessageContaining("member 1")
        .hasMessageContaining("member 2");
  }
}
