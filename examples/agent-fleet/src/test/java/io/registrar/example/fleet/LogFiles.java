package io.registrar.example.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What happens to a member's files while its master does not run. */
final class LogFiles {
  private LogFiles() {}

  static void delete(Path directory) throws IOException {
    for (Path file : below(directory, Comparator.reverseOrder())) {
      Files.delete(file);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path file : below(from, Comparator.naturalOrder())) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
  }

  /** The parts of a log, the oldest first. */
  static List<Path> segments(Path log) throws IOException {
    return below(log.resolve("current"), Comparator.naturalOrder()).stream()
        .filter(Files::isRegularFile)
        .toList();
  }

  private static List<Path> below(Path directory, Comparator<Path> order) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted(order).toList();
    }
  }
}
