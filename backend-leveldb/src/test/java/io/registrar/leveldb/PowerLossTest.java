package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.leveldb.ChildPrograms.Child;
import io.registrar.tck.fault.PowerLoss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rule 2.2: nothing acknowledged is lost with the power. More of it than the kit's own rule makes:
 * values of every size, so that tables are written too. {@code -Dregistrar.powerloss.rounds=20}
 * makes 200 images.
 */
@Timeout(600)
class PowerLossTest {
  private static final int IMAGES_A_ROUND = 10;

  @TempDir Path directory;

  @Test
  void no_image_that_a_power_loss_leaves_lacks_an_acknowledged_commit() throws Exception {
    int rounds = Integer.getInteger("registrar.powerloss.rounds", 2);
    long seed = Long.getLong("registrar.powerloss.seed", 1);
    int torn = 0;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(seed + round);
      Path work = Files.createDirectories(directory.resolve("work" + round)).toRealPath();
      PowerLoss loss = PowerLoss.of(work, directory.resolve("shadow" + round));
      // Values that stay in one page, and such that fill logs, so that tables are written too.
      int padding = round % 2 == 0 ? random.nextInt(600) : 10_000 + random.nextInt(20_000);
      int acknowledged;
      try (Child child =
          Child.start(loss.environment(), "write", work, "0", Integer.toString(padding))) {
        acknowledged = child.killAfter(random.nextInt(round % 4 == 0 ? 5 : 900));
      }
      for (int image = 0; image < IMAGES_A_ROUND; image++) {
        Path made = directory.resolve("image");
        loss.leave(made, image, random);
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
}
