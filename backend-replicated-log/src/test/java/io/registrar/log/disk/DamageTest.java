package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Synced bytes that have changed or gone are noticed; an end that was never synced is no damage.
 */
class DamageTest {
  private static final SegmentSizes SMALL = new SegmentSizes(2048, 512);
  private static final String FIRST = SegmentName.of(1);

  private final MemoryDisk disk = new MemoryDisk();
  private final List<DurableRecord> written = new ArrayList<>();

  private SegmentedStore open(MemoryDisk on) throws IOException {
    return SegmentedStore.open(on, Records.ID, SMALL);
  }

  private void append(SegmentedStore store, DurableRecord... records) throws IOException {
    written.addAll(List.of(records));
    store.append(
        List.of(records),
        () -> {
          List<DurableRecord> checkpoint = Records.checkpoint(Records.ballot(1), 1, 1);
          written.addAll(checkpoint);
          return checkpoint;
        });
  }

  /** Two full segments and one begun. */
  private void fill() throws IOException {
    try (SegmentedStore store = open(disk)) {
      append(store, Records.founded().toArray(DurableRecord[]::new));
      for (long position = 1; position <= 9; position++) {
        append(store, Records.accepted(position, 300));
        store.sync();
      }
      append(store, Records.promised(8), Records.promised(9));
      store.sync();
    }
    assertThat(disk.names()).hasSize(3);
  }

  private boolean isNoticed(MemoryDisk damaged) throws IOException {
    try (SegmentedStore store = open(damaged)) {
      if (store.damage().kind() == Damage.Kind.LOST) {
        return true;
      }
      assertThat(Records.all(store.survived())).isEqualTo(written);
      return false;
    }
  }

  @Test
  void aChangedByteIsNoticedWhereverItIsOrChangesNothing() throws IOException {
    fill();
    int noticed = 0;
    for (String name : disk.names()) {
      byte[] content = disk.content(name);
      int end = endOfFrames(content);
      // Behind the frames are zeros, which are all alike: every hundredth is enough.
      for (int at = 0; at < content.length; at += at < end + 40 ? 1 : 100) {
        byte[] changed = content.clone();
        changed[at] ^= (byte) (1 << at % 8);
        MemoryDisk damaged = disk.copy();
        damaged.put(name, MemoryFile.of(changed));
        noticed += isNoticed(damaged) ? 1 : 0;
      }
    }
    // Nearly all of what was written: between frames and behind the last one are zeros.
    assertThat(noticed).isGreaterThan(9 * 300);
  }

  @Test
  void aFileThatIsCutOffIsNoticedOrHasLostNothing() throws IOException {
    fill();
    for (String name : disk.names()) {
      byte[] content = disk.content(name);
      int noticed = 0;
      for (int length = 0; length < content.length; length += 23) {
        MemoryDisk damaged = disk.copy();
        damaged.put(name, MemoryFile.of(Arrays.copyOf(content, length)));
        noticed += isNoticed(damaged) ? 1 : 0;
      }
      assertThat(noticed).as(name).isPositive();
    }
  }

  @Test
  void aMissingFileIsNoticed() throws IOException {
    fill();
    for (String name : List.of(SegmentName.of(2), SegmentName.of(3))) {
      MemoryDisk damaged = disk.copy();
      damaged.remove(name);
      assertThat(isNoticed(damaged)).as(name).isTrue();
    }
  }

  @Test
  void theFirstFileIsMissedByWhoeverReadsItsEntries() throws IOException {
    fill();
    disk.remove(FIRST);
    try (SegmentedStore store = open(disk)) {
      assertThat(Records.all(store.survived())).doesNotContain(Records.accepted(1, 300));
      assertThatThrownBy(() -> store.read(new Position(1), new Position(9), 1))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anEarlierStateOfAPageIsNoticed() throws IOException {
    fill();
    try (SegmentedStore store = open(disk)) {
      for (long position = 10; position <= 12; position++) {
        append(store, Records.accepted(position, 200));
        store.sync();
      }
    }
    String last = SegmentName.of(3);
    byte[] content = disk.content(last);
    // The block as it was before the records in it, while later ones are there.
    Arrays.fill(content, 512, 1024, (byte) 0);
    disk.put(last, MemoryFile.of(content));
    assertThat(isNoticed(disk)).isTrue();
  }

  @Test
  void anEndThatWasWrittenInPartIsDropped() throws IOException {
    try (SegmentedStore store = open(disk)) {
      append(store, Records.founded().toArray(DurableRecord[]::new));
      store.sync();
    }
    int begin = endOfFrames();
    List<DurableRecord> synced = List.copyOf(written);
    try (SegmentedStore store = open(disk)) {
      append(store, Records.accepted(1, 100), Records.accepted(2, 0), Records.promised(3));
    }
    int end = endOfFrames();
    byte[] content = disk.content(FIRST);
    for (int cut = begin; cut <= end; cut++) {
      byte[] torn = content.clone();
      Arrays.fill(torn, cut, end, (byte) 0);
      MemoryDisk left = disk.copy();
      left.put(FIRST, MemoryFile.of(torn));
      try (SegmentedStore store = open(left)) {
        assertThat(store.damage()).as("cut at %s", cut).isEqualTo(Damage.none());
        List<DurableRecord> survived = Records.all(store.survived());
        assertThat(survived).as("cut at %s", cut).startsWith(synced.toArray(DurableRecord[]::new));
        assertThat(written).startsWith(survived.toArray(DurableRecord[]::new));
      }
    }
  }

  private int endOfFrames() {
    return endOfFrames(disk.content(FIRST));
  }

  private static int endOfFrames(byte[] content) {
    int end = content.length;
    while (content[end - 1] == 0) {
      end--;
    }
    return end;
  }

  @Test
  void whatWasDroppedDoesNotComeBack() throws IOException {
    try (SegmentedStore store = open(disk)) {
      append(store, Records.founded().toArray(DurableRecord[]::new));
      store.sync();
    }
    int begin = endOfFrames();
    try (SegmentedStore store = open(disk)) {
      append(store, Records.promised(3), Records.promised(4));
    }
    byte[] content = disk.content(FIRST);
    // The first of two is lost, the second is there: neither was synced.
    Arrays.fill(content, begin, (int) Frame.place(begin) + Frame.HEADER, (byte) 0);
    disk.put(FIRST, MemoryFile.of(content));
    try (SegmentedStore store = open(disk)) {
      assertThat(Records.all(store.survived())).isEqualTo(Records.founded());
      store.append(List.of(Records.promised(5)), List::of);
      store.sync();
    }
    try (SegmentedStore store = open(disk)) {
      assertThat(Records.all(store.survived())).hasSize(4).endsWith(Records.promised(5));
    }
  }

  @Test
  void bytesOfAnEarlierFileAreNotTakenForRecords() throws IOException {
    MemoryDisk earlier = new MemoryDisk();
    try (SegmentedStore store = open(earlier)) {
      store.append(Records.founded(), List::of);
      store.append(List.of(Records.promised(3), Records.promised(4)), List::of);
      store.sync();
    }
    try (SegmentedStore store = open(disk)) {
      append(store, Records.founded().toArray(DurableRecord[]::new));
      store.sync();
    }
    int end = endOfFrames();
    byte[] content = disk.content(FIRST);
    byte[] old = earlier.content(FIRST);
    System.arraycopy(old, end, content, end, old.length - end);
    disk.put(FIRST, MemoryFile.of(content));
    assertThat(isNoticed(disk)).isTrue();
  }

  @Test
  void aNewerFormatIsRefusedInWords() throws IOException {
    fill();
    ByteBuffer newer = ByteBuffer.wrap(disk.content(FIRST)).putInt(8, 2);
    newer.putInt(12, CheckSum.of(0, 0, newer.array(), 0, 12));
    disk.put(FIRST, MemoryFile.of(newer.array()));
    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(IncompatibleStoreException.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("reads format 1")
        .hasMessageContaining(FIRST);
  }
}
