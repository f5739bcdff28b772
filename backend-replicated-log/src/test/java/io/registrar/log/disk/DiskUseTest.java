package io.registrar.log.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Position;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that is cut again and again stays within a small multiple of what it keeps. */
class DiskUseTest {
  private static final SegmentSizes SMALL = new SegmentSizes(16_384, 4096);
  private static final int ENTRY = 300;
  private static final int LIVE = 100;

  @Test
  void staysWithinTwiceWhatIsKeptAndTwoSegments() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (SegmentedStore store = SegmentedStore.open(disk, Records.ID, SMALL)) {
      store.append(Records.founded(), List::of);
      for (long position = 1; position <= 20_000; position++) {
        long now = position;
        long begin = Math.max(1, now / LIVE * LIVE - LIVE);
        store.append(
            List.of(Records.learned(position, ENTRY)),
            () -> Records.checkpoint(Records.ballot(1), begin, now));
        if (position % LIVE == 0) {
          store.truncate(Records.footing(begin));
          assertThat(bytes(disk))
              .as("at %s", position)
              .isLessThan(2L * 2 * LIVE * (ENTRY + 150) + 2 * 16_384);
        }
      }
      assertThat(store.read(new Position(20_000), new Position(20_000), 1)).hasSize(1);
    }
  }

  private static long bytes(MemoryDisk disk) {
    return disk.names().stream().mapToLong(name -> disk.content(name).length).sum();
  }
}
