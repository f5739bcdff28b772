package io.registrar.zookeeper;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read ends, and is one version, though a commit comes between any two of its requests. */
class ReadBesideCommitsTest {
  private CommitsBetween registry;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    registry = CommitsBetween.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private static void put(Batch.Builder batch, String id, String value) {
    batch.put(Registries.key(id), value.getBytes(StandardCharsets.UTF_8));
  }

  /** Records r0, r1 and so on, all with one value. */
  private static Batch.Builder records(int count, String value) {
    Batch.Builder batch = Batch.of(Header.EMPTY);
    for (int i = 0; i < count; i++) {
      put(batch, "r" + i, value);
    }
    return batch;
  }

  @Test
  void theSameRecordsAgainAndAgain() throws Exception {
    registry.commit(records(30, "old").build());

    registry.readBeside(n -> records(10, "new " + n).build());
  }

  @Test
  void everOtherRecords() throws Exception {
    registry.commit(records(250, "old").build());

    registry.readBeside(
        n -> {
          Batch.Builder batch = Batch.of(Header.EMPTY);
          put(batch, "r" + n, "new " + n);
          return batch.build();
        });
  }

  @Test
  void someAgainAndAgainAndNewOnes() throws Exception {
    registry.readBeside(
        n -> {
          Batch.Builder batch = records(9, "new " + n);
          put(batch, "created " + n, "once");
          return batch.build();
        });
  }

  @Test
  void recordsThatAreDeletedAndThatMoveToLargerNodes() throws Exception {
    registry.commit(records(450, "old").build());

    registry.readBeside(
        n -> {
          Batch.Builder batch = Batch.of(Header.EMPTY);
          batch.delete(Registries.key("r" + n));
          put(batch, "r" + (200 + n), "larger ".repeat(700) + n);
          if (n % 2 == 0) {
            put(batch, "here and gone", "" + n);
          } else {
            batch.delete(Registries.key("here and gone"));
          }
          return batch.build();
        });
  }

  /** In every round others begin to change, which change in the next round too. */
  @Test
  void recordsThatChangeInBursts() throws Exception {
    int count = 40;
    registry.commit(records(count, "old").build());

    registry.readBeside(
        n -> {
          Batch.Builder batch = Batch.of(Header.EMPTY);
          for (int i = 0; i < 4; i++) {
            put(batch, "r" + (n + i) % count, "new " + n);
          }
          return batch.build();
        });
  }

  @Test
  void moreThanOneRequestTakes() throws Exception {
    int count = 60;
    int atOnce = 12;
    for (int from = 0; from < count; from += atOnce) {
      Batch.Builder batch = Batch.of(Header.EMPTY);
      for (int i = from; i < from + atOnce; i++) {
        put(batch, "large " + i, "large ".repeat(6_000));
      }
      registry.commit(batch.build());
    }

    registry.readBeside(
        n -> {
          Batch.Builder batch = Batch.of(Header.EMPTY);
          for (int i = 0; i < 5; i++) {
            put(batch, "large " + i, "hot " + n);
          }
          for (int i = 0; i < 3; i++) {
            put(batch, "large " + (5 + (3 * n + i) % (count - 5)), "new " + n);
          }
          return batch.build();
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyRecordsAtRandom(long seed) throws Exception {
    Random random = new Random(seed);
    int count = 20 << random.nextInt(5);
    registry.commit(records(count, "old").build());

    for (int read = 0; read < 5; read++) {
      registry.readBeside(n -> anyOf(count, n, random));
    }
  }

  private static Batch anyOf(int count, int n, Random random) {
    Set<Integer> which = new TreeSet<>();
    int first = random.nextInt(count);
    for (int i = 0; i <= random.nextInt(6); i++) {
      // Some records are changed far more often than others.
      which.add(random.nextBoolean() ? i : (first + i) % count);
    }
    Batch.Builder batch = Batch.of(Header.EMPTY);
    for (int i : which) {
      if (random.nextInt(4) == 0) {
        batch.delete(Registries.key("r" + i));
      } else {
        put(batch, "r" + i, "new " + n);
      }
    }
    return batch.build();
  }
}
