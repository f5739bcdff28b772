package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What campaigns have found, shrunk, breaks nothing any more: in some the protocol was mended, in
 * others the simulator did what no protocol can make up for.
 */
class MendedTest {
  static List<Path> replays() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/replays"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("replays")
  void breaksNothing(Path replay) throws IOException {
    assertThat(Replay.parse(Files.readAllLines(replay)).run(0).violation()).isEmpty();
  }
}
