package io.registrar.log.scenario;

import io.registrar.log.paxos.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scenarios whose trace is not what is written, by name, one a line: none with the true
 * protocol. Loaded around a protocol that is broken on purpose, it tells which scenarios notice.
 */
public final class AllScenarios implements Function<String, String> {
  static final Path SCENARIOS = Path.of("src", "test", "resources", "scenarios");

  /** The protocol that was loaded with this class. */
  static final Stepped.Maker LOADED =
      (config, survived, damage, entropy) ->
          Stepped.of(Replica.restore(config, survived, damage, entropy));

  static List<ScenarioFile> all() {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      return files.sorted().map(ScenarioFile::new).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String apply(String prefix) {
    return all().stream()
        .filter(scenario -> scenario.toString().startsWith(prefix) && differs(scenario))
        .map(ScenarioFile::toString)
        .collect(Collectors.joining("\n"));
  }

  private static boolean differs(ScenarioFile scenario) {
    try {
      return !scenario.run(LOADED).equals(scenario.expected());
    } catch (RuntimeException thrown) {
      // A broken protocol may break in any way; to throw is one that shows.
      return true;
    }
  }
}
