package io.registrar.log.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.disk.SegmentSizes;
import io.registrar.log.node.LogOptions;
import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that are written again and again take no more room than the live ones need: at most four
 * times their bytes, and two segments.
 */
@Timeout(600)
class DiskUseTest {
  private static final Duration CALL = TestEnsemble.CALL;

  /** About so much goes into one commit, as a registrar groups what waits. */
  private static final int COMMIT_BYTES = 100_000;

  /** Twice the tail that is due to be cut where the state is small. */
  private static final long TAIL_TO_BE_CUT = 4L << 20;

  @TempDir private Path root;

  @Test
  void tenThousandUpdatesOfAHundredRecords() throws Exception {
    assertThat(mostOver(10_000, 100, 8_000, DiskUseTest::letItBeCut)).isLessThan(1);
  }

  @Test
  @Tag("full")
  void aMillionUpdatesOfTenThousandRecords() throws Exception {
    assertThat(mostOver(1_000_000, 10_000, 300, storage -> {})).isLessThan(1);
  }

  /** The most that the log took at any time, as a part of what it may take. */
  private double mostOver(int updates, int records, int valueBytes, Consumer<LogStorage> afterEach)
      throws Exception {
    Path directory = root.resolve("log");
    double most = 0;
    long mostBytes = 0;
    Random random = new Random(8);
    int together = COMMIT_BYTES / valueBytes;
    try (LogStorage storage =
        ReplicatedLogStorageProvider.open(LogOptions.alone(directory), CALL)) {
      StorageSession session = EnsembleTest.lead(storage);
      for (int done = 0; done < updates; done += together) {
        session.commit(batch(random, done, together, records, valueBytes), CALL);
        afterEach.accept(storage);
        long live = storage.gauges().get("log_state_bytes");
        long bytes = bytesIn(directory);
        mostBytes = Math.max(mostBytes, bytes);
        most =
            Math.max(most, (double) bytes / (4 * live + 2L * SegmentSizes.DEFAULT.segmentBytes()));
      }
      System.out.printf(
          "%,d updates of %,d records: at most %,d bytes on disk, %,d of them live; %.2f of what is"
              + " allowed%n",
          updates, records, mostBytes, storage.gauges().get("log_state_bytes"), most);
      assertThat(storage.gauges().get("log_begin")).as("it was cut").isGreaterThan(1);
    }
    return most;
  }

  /** A busy machine may be slow to cut what it is quick to write. */
  private static void letItBeCut(LogStorage storage) {
    Deadline.after(CALL)
        .await("it is cut", () -> storage.gauges().get("log_tail_bytes") < TAIL_TO_BE_CUT);
  }

  private static Batch batch(Random random, int from, int together, int records, int valueBytes) {
    Batch.Builder batch = Batch.of(Header.of(new byte[] {1}));
    int some = Math.min(together, records);
    int first = from % records;
    for (int i = 0; i < some; i++) {
      byte[] value = new byte[valueBytes];
      random.nextBytes(value);
      batch.put(new RecordKey("thing", "r" + (first + i) % records), value);
    }
    return batch.build();
  }

  /** A segment may go while it is looked at. */
  private static long bytesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(DiskUseTest::size).sum();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return bytesIn(directory);
      }
      throw e;
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException gone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
