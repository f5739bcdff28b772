package io.registrar.leveldb;

import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;

/**
 * Not a test: measures commits against bare synced batches of the same bytes, taking turns in one
 * run. Arguments: a directory, the number of rounds, records a commit.
 */
final class CommitBenchmark {
  private CommitBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path base = Files.createTempDirectory(Path.of(arguments[0]), "benchmark");
    int rounds = Integer.parseInt(arguments[1]);
    int records = Integer.parseInt(arguments[2]);
    LevelDbStorageProvider provider = new LevelDbStorageProvider();
    StorageSettings settings =
        StorageSettings.read(provider, RegistryName.DEFAULT, base.resolve("ours"), Map.of());
    Options options = new Options().compressionType(CompressionType.NONE).paranoidChecks(true);
    long[] ours = new long[rounds];
    long[] bare = new long[rounds];
    Random random = new Random(1);
    try (Storage storage = provider.open(settings, Duration.ofSeconds(10));
        StorageSession session = storage.acquire("benchmark", Floor.NONE, Duration.ofSeconds(10));
        DB database = JniDBFactory.factory.open(base.resolve("bare").toFile(), options)) {
      session.snapshot().close();
      Header header = Header.of(new byte[150]);
      byte[] head = new byte[1 + 3 * 8 + 150 + 4];
      for (int round = -rounds / 5; round < rounds; round++) {
        int slot = Math.max(round, 0);
        byte[][] values = new byte[records][300];
        for (byte[] value : values) {
          random.nextBytes(value);
        }
        for (int turn = 0; turn < 2; turn++) {
          long begin = System.nanoTime();
          if ((turn + round & 1) == 0) {
            Batch.Builder batch = Batch.of(header);
            for (int i = 0; i < records; i++) {
              batch.put(new RecordKey("agent", id(round, i)), values[i]);
            }
            session.commit(batch.build(), Duration.ofSeconds(10));
            ours[slot] = System.nanoTime() - begin;
          } else {
            try (WriteBatch batch = database.createWriteBatch()) {
              batch.put(Entries.HEAD_KEY, head);
              for (int i = 0; i < records; i++) {
                batch.put(("agent\0" + id(round, i)).getBytes(), Arrays.copyOf(values[i], 304));
              }
              database.write(batch, new WriteOptions().sync(true));
            }
            bare[slot] = System.nanoTime() - begin;
          }
        }
      }
    }
    report("ours", ours);
    report("bare", bare);
    System.out.printf("p50 ratio %.3f%n", (double) median(ours) / median(bare));
  }

  private static String id(int round, int i) {
    return "agent-" + (round + 1_000_000) + "-" + i;
  }

  private static long median(long[] nanos) {
    return nanos[nanos.length / 2];
  }

  private static void report(String name, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s p50 %d us, p90 %d us, p99 %d us%n",
        name,
        median(nanos) / 1000,
        nanos[nanos.length * 9 / 10] / 1000,
        nanos[nanos.length * 99 / 100] / 1000);
  }
}
