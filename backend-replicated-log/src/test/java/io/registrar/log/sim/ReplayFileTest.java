package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Plays the list of decisions in the file that {@code -Dsim.replay} names, prints the end of its
 * trace, and fails as the run does.
 */
@Tag("replay")
class ReplayFileTest {
  @Test
  void theReplayBreaksNothing() throws IOException {
    Replay replay = Replay.parse(Files.readAllLines(Path.of(System.getProperty("sim.replay"))));
    Result result = replay.run(Integer.getInteger("sim.lines", 400));
    result.lastLines().forEach(System.out::println);
    assertThat(result.violation()).isEmpty();
  }
}
