package io.registrar.log.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.scenario.OneScenario;
import io.registrar.log.sim.PlayedReplay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ancestor's rules in place of ours lose a chosen value: each of its scenarios ends with two
 * replicas that have learned different entries at one position. The same commands make the true
 * protocol lose nothing.
 */
class AncestorTest {
  private static final Path SCENARIOS = Path.of("src/test/resources/ancestor");
  private static final Path MUTANTS = Path.of("src/test/resources/mutants");
  private static final Pattern LEARNED = Pattern.compile(" {4}m\\d (?:learns )?(#\\d+) (.*)");

  static List<Path> scenarios() throws IOException {
    return files(".txt");
  }

  static List<Path> replays() throws IOException {
    return files(".replay");
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Mutant mutantOf(Path file, String ending) throws IOException {
    String name = file.getFileName().toString().replace(ending, "");
    return Mutant.readAll(MUTANTS).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What a seed has found, shrunk. */
  @ParameterizedTest
  @MethodSource("replays")
  void losesAChosenValueInTheSimulatorToo(Path file) throws IOException {
    String replay = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(Hunt.replay(mutantOf(file, ".replay"), replay))
        .as("with the ancestor's rule")
        .startsWith("I2: position ")
        .contains(" is chosen at ", " proposes ");
    assertThat(new PlayedReplay().apply(replay)).as("with our rule").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void losesAChosenValue(Path scenario) throws IOException {
    String happened = Hunt.play(mutantOf(scenario, ".txt"), scenario);
    if (Boolean.getBoolean("scenarios.rewrite")) {
      Files.writeString(scenario, happened, StandardCharsets.UTF_8);
    }
    assertThat(happened).isEqualTo(Files.readString(scenario, StandardCharsets.UTF_8));
    assertThat(allAgree(happened)).as("with the ancestor's rule").isFalse();
    assertThat(allAgree(new OneScenario().apply(scenario.toString()))).as("with our rule").isTrue();
  }

  /** Whether everything that anybody learns in a scenario is one entry a position. */
  private static boolean allAgree(String happened) {
    Map<String, String> entries = new HashMap<>();
    boolean agree = true;
    for (String line : happened.lines().toList()) {
      Matcher entry = LEARNED.matcher(line);
      if (entry.matches()) {
        String known = entries.putIfAbsent(entry.group(1), entry.group(2));
        agree = agree && (known == null || known.equals(entry.group(2)));
      }
    }
    assertThat(entries).as("what is learned").isNotEmpty();
    return agree;
  }
}
