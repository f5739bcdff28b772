package io.registrar.log.disk;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.DurableRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A synced record costs what a bare write of its bytes over written blocks and a sync cost. */
@Tag("full")
class DiskSpeedTest {
  private static final int RECORD = 300;
  private static final int WARM_UP = 500;
  private static final int MEASURED = 3000;

  @TempDir Path home;

  @Test
  void aSyncedRecordCostsAtMostHalfMoreThanABareSync() throws IOException {
    long[] bare = new long[MEASURED];
    long[] store = new long[MEASURED];
    try (FileChannel file = written(home.resolve("bare"));
        SegmentedStore records =
            SegmentedStore.open(home.resolve("log"), Records.ID, SegmentSizes.DEFAULT)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(RECORD + Frame.HEADER + Frame.TRAILER);
      records.append(Records.founded(), List::of);
      for (int i = -WARM_UP; i < MEASURED; i++) {
        DurableRecord next = Records.accepted(i + WARM_UP + 1, RECORD - 90);
        long begin = System.nanoTime();
        file.write(bytes.clear(), (long) (i + WARM_UP) * bytes.capacity());
        file.force(false);
        long middle = System.nanoTime();
        records.append(List.of(next), List::of);
        records.sync();
        long end = System.nanoTime();
        if (i >= 0) {
          bare[i] = middle - begin;
          store[i] = end - middle;
        }
      }
    }
    double ratio = (double) median(store) / median(bare);
    System.out.printf(
        "a synced record of %d bytes: %d us, a bare write and sync: %d us, ratio %.2f%n",
        RECORD, median(store) / 1000, median(bare) / 1000, ratio);
    assertThat(ratio).isLessThan(1.5);
  }

  private static FileChannel written(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, CREATE_NEW, WRITE);
    file.write(ByteBuffer.allocate(2 << 20), 0);
    file.force(true);
    return file;
  }

  private static long median(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
