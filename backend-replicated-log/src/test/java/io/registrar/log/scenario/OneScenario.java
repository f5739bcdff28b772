package io.registrar.log.scenario;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * Runs the commands of the file at a path, and gives the same text with what happened. Loaded
 * around a protocol that is broken on purpose, it shows what that comes to.
 */
public final class OneScenario implements Function<String, String> {
  @Override
  public String apply(String path) {
    return new ScenarioFile(Path.of(path)).run(AllScenarios.LOADED);
  }
}
