package io.registrar.log.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A file with a line for each campaign that has ended, so that one may be run in pieces: each goes
 * on where the one before has stopped, and their figures add up.
 */
final class CampaignLog {
  private final Path file;

  CampaignLog(Path file) {
    this.file = file;
  }

  void append(Figures figures) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        file,
        figures.line() + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** All campaigns with these faults together. */
  Optional<Figures> sum(String faults) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return lines.stream()
        .filter(line -> !line.isBlank())
        .map(Figures::parse)
        .filter(figures -> figures.faults().equals(faults))
        .reduce(Figures::plus);
  }

  /** The first seed that no campaign with these faults has run. */
  long next(String faults) throws IOException {
    return sum(faults).map(figures -> figures.last() + 1).orElse(1L);
  }
}
