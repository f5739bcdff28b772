package io.registrar.log.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario as text: lines of prose begin with {@code #}; a command stands alone on its line; what
 * it must cause follows, indented by four blanks.
 */
public final class ScenarioFile {
  /** The seed of every scenario: what is drawn from it is never shown. */
  private static final long SEED = 20_261_121;

  private final Path file;

  /** A scenario in a file. */
  public ScenarioFile(Path file) {
    this.file = file;
  }

  /** What the file says should happen. */
  public String expected() {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** Runs the commands of the file with replicas of a maker; the same text, with what happened. */
  public String run(Stepped.Maker maker) {
    Script script = new Script(new World(maker, SEED));
    List<String> lines = new ArrayList<>();
    for (String line : expected().lines().toList()) {
      if (line.startsWith("    ")) {
        continue;
      }
      lines.add(line);
      if (!line.isBlank() && !line.startsWith("#")) {
        script.run(line).forEach(happened -> lines.add("    " + happened));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** Takes what happens with the true protocol as what must happen; a person reads it then. */
  void rewrite(Stepped.Maker maker) {
    try {
      Files.writeString(file, run(maker), StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new java.io.UncheckedIOException(unwritable);
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
