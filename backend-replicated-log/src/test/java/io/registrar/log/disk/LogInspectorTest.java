package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Position;
import io.registrar.tck.fault.FileDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is shown of a store that is not running. */
class LogInspectorTest {
  private static final SegmentSizes SMALL = new SegmentSizes(2048, 512);

  @TempDir Path parent;
  private Path home;
  private final List<DurableRecord> written = new ArrayList<>();

  @BeforeEach
  void fill() throws IOException {
    home = parent.resolve("log");
    try (SegmentedStore store = SegmentedStore.open(home, Records.ID, SMALL)) {
      append(store, Records.founded());
      for (long position = 1; position <= 9; position++) {
        append(store, List.of(Records.accepted(position, 300)));
        store.sync();
      }
      append(store, List.of(Records.promised(7)));
      store.sync();
    }
  }

  private void append(SegmentedStore store, List<DurableRecord> records) throws IOException {
    written.addAll(records);
    store.append(
        records,
        () -> {
          List<DurableRecord> checkpoint = Records.checkpoint(Records.ballot(1), 1, 1);
          written.addAll(checkpoint);
          return checkpoint;
        });
  }

  @Test
  void sumsUpAStoreInOrder() throws IOException {
    try (LogInspector inspector = LogInspector.open(home)) {
      LogStatus status = inspector.status();
      assertThat(status.member()).contains(Records.SELF);
      assertThat(status.ensemble()).contains(Records.FOUNDING.ensemble());
      assertThat(status.starts()).isEqualTo(1);
      assertThat(status.promised()).isEqualTo(Records.ballot(7));
      assertThat(status.begin()).isEqualTo(new Position(1));
      assertThat(status.chosen()).isEqualTo(new Position(8));
      assertThat(status.end()).isEqualTo(new Position(9));
      assertThat(status.votesAfter()).contains(Position.ZERO);
      assertThat(status.segments()).hasSize(3);
      assertThat(status.records()).isEqualTo(written.size());
      assertThat(status.damaged()).isEmpty();
    }
  }

  @Test
  void showsEveryRecordWithItsPlace() throws IOException {
    List<DurableRecord> shown = new ArrayList<>();
    try (LogInspector inspector = LogInspector.open(home)) {
      inspector.read(
          stored -> {
            assertThat(stored.sequence()).isEqualTo(shown.size() + 1L);
            shown.add(stored.record());
          },
          place -> {
            throw new AssertionError(place.toString());
          });
    }
    assertThat(shown).isEqualTo(written);
  }

  @Test
  void namesEveryDamagedRecordAndReadsOnBehindIt() throws IOException {
    Path first = home.resolve("current").resolve(SegmentName.of(1));
    Path second = home.resolve("current").resolve(SegmentName.of(2));
    FileDamage.flip(first, 700, 4);
    FileDamage.flip(second, 900, 4);
    List<DamagedPlace> damaged = new ArrayList<>();
    List<DurableRecord> shown = new ArrayList<>();
    try (LogInspector inspector = LogInspector.open(home)) {
      inspector.read(stored -> shown.add(stored.record()), damaged::add);
      assertThat(inspector.status().damaged()).isEqualTo(damaged);
    }
    assertThat(damaged).extracting(DamagedPlace::file).containsExactly(first, second);
    assertThat(damaged.get(0).offset()).isBetween(200L, 700L);
    assertThat(shown).hasSize(written.size() - 2).isSubsetOf(written);
  }

  @Test
  void writesNothing() throws IOException {
    Path last = home.resolve("current").resolve(SegmentName.of(3));
    byte[] before = Files.readAllBytes(last);
    List<Path> files = FileDamage.filesBelow(home);
    try (LogInspector inspector = LogInspector.open(home)) {
      inspector.status();
    }
    assertThat(Files.readAllBytes(last)).isEqualTo(before);
    assertThat(FileDamage.filesBelow(home)).isEqualTo(files);
    SegmentedStore.open(home, Records.ID, SMALL).close();
  }

  @Test
  void aDirectoryWithoutALogIsRefused() {
    assertThatThrownBy(() -> LogInspector.open(parent))
        .isInstanceOf(IncompatibleStoreException.class)
        .hasMessageContaining(parent.toString());
  }
}
