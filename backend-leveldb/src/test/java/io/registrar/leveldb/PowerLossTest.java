package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.leveldb.ChildPrograms.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rule 2.2: nothing acknowledged is lost with the power. A preloaded library (src/test/native)
 * keeps a shadow of what was synced; after a kill, images are made in which synced bytes are there,
 * and each page or sector that was not synced is as written or as before, by chance. Needs gcc and
 * Linux; says so and is skipped without. {@code -Dregistrar.powerloss.rounds=20} makes 200 images.
 */
@Timeout(600)
class PowerLossTest {
  private static final int IMAGES_A_ROUND = 10;

  @TempDir Path directory;

  @Test
  void no_image_that_a_power_loss_leaves_lacks_an_acknowledged_commit() throws Exception {
    Path library = compile();
    int rounds = Integer.getInteger("registrar.powerloss.rounds", 2);
    long seed = Long.getLong("registrar.powerloss.seed", 1);
    int torn = 0;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(seed + round);
      Path work = Files.createDirectories(directory.resolve("work" + round)).toRealPath();
      Path shadow = Files.createDirectories(directory.resolve("shadow" + round)).toRealPath();
      Map<String, String> environment =
          Map.of(
              "LD_PRELOAD", library.toString(),
              "POWERLOSS_DIRECTORY", work.toString(),
              "POWERLOSS_SHADOW", shadow.toString());
      // Values that stay in one page, and such that fill logs, so that tables are written too.
      int padding = round % 2 == 0 ? random.nextInt(600) : 10_000 + random.nextInt(20_000);
      int acknowledged;
      try (Child child = Child.start(environment, "write", work, "0", Integer.toString(padding))) {
        acknowledged = child.killAfter(random.nextInt(round % 4 == 0 ? 5 : 900));
      }
      for (int image = 0; image < IMAGES_A_ROUND; image++) {
        Path made = directory.resolve("image");
        makeImage(work, shadow, made, image, random);
        String which =
            String.format(
                "seed %d, round %d, image %d, %d acknowledged, padding %d",
                seed, round, image, acknowledged + 1, padding);
        if (requireWhole(made, acknowledged, padding, which)) {
          torn++;
        }
      }
    }
    System.out.printf(
        "power loss: %d images, %d of them without the commit in flight%n",
        rounds * IMAGES_A_ROUND, torn);
  }

  /** Answers whether it holds exactly what was acknowledged. */
  private static boolean requireWhole(Path image, int acknowledged, int padding, String which) {
    Map<String, String> found;
    try {
      found = TestStores.contents(image);
    } catch (io.registrar.spi.StorageException e) {
      throw new AssertionError(which + " is refused", e);
    }
    for (int number = 0; number < found.size(); number++) {
      assertThat(found)
          .describedAs(which)
          .containsEntry("n" + number, ChildPrograms.value(number, padding));
    }
    assertThat(found.size()).describedAs(which).isBetween(acknowledged + 1, acknowledged + 2);
    return found.size() == acknowledged + 1;
  }

  private static void makeImage(Path work, Path shadow, Path image, int kind, Random random)
      throws IOException {
    TestStores.copy(work, image);
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path synced = shadow.resolve(image.relativize(file).toString());
        byte[] written = Files.readAllBytes(file);
        byte[] kept = Files.exists(synced) ? Files.readAllBytes(synced) : new byte[0];
        byte[] lost = Arrays.copyOf(kept, written.length);
        Files.write(file, mix(written, lost, kind, random));
      }
    }
  }

  /** The first kind loses all that was not synced, the others a part, by pages or by sectors. */
  private static byte[] mix(byte[] written, byte[] lost, int kind, Random random) {
    if (kind == 0) {
      return lost;
    }
    int unit = kind % 2 == 0 ? 4096 : 512;
    byte[] mixed = written.clone();
    for (int at = 0; at < mixed.length; at += unit) {
      if (random.nextBoolean()) {
        int end = Math.min(at + unit, mixed.length);
        System.arraycopy(lost, at, mixed, at, end - at);
      }
    }
    return mixed;
  }

  private Path compile() throws Exception {
    Path source = Path.of("src", "test", "native", "powerloss.c").toAbsolutePath();
    Path library = directory.resolve("libpowerloss.so");
    int exit;
    try {
      exit =
          new ProcessBuilder(
                  "gcc",
                  "-O1",
                  "-shared",
                  "-fPIC",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl",
                  "-lpthread")
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException e) {
      exit = -1;
    }
    if (exit != 0 || !System.getProperty("os.name").equals("Linux")) {
      System.err.println("SKIPPED: PowerLossTest needs gcc on Linux");
    }
    Assumptions.assumeTrue(exit == 0, "needs gcc on Linux");
    return library;
  }
}
