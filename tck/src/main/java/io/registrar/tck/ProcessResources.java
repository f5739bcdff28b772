package io.registrar.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The threads and open files of this JVM, by name and number; the JVM's own do not count. Where
 * there is no {@code /proc}, files are not counted.
 */
record ProcessResources(Map<String, Long> threads, Map<String, Long> files) {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  static ProcessResources now() throws IOException {
    return new ProcessResources(
        Thread.getAllStackTraces().keySet().stream()
            .filter(Predicate.not(ProcessResources::isOfTheJvm))
            .collect(
                Collectors.groupingBy(
                    thread -> withoutNumbers(thread.getName()),
                    TreeMap::new,
                    Collectors.counting())),
        openFiles());
  }

  /** Whether there are no more threads and files than these. */
  boolean within(ProcessResources before) {
    return sum(threads) <= sum(before.threads) && sum(files) <= sum(before.files);
  }

  private static boolean isOfTheJvm(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null
        || group.getName().equals("system")
        || thread.getName().startsWith("ForkJoinPool.commonPool")
        || thread.getName().startsWith("CompletableFutureDelayScheduler");
  }

  private static Map<String, Long> openFiles() throws IOException {
    if (!Files.isDirectory(OPEN_FILES)) {
      return Map.of();
    }
    List<String> targets;
    try (Stream<Path> links = Files.list(OPEN_FILES)) {
      targets = links.flatMap(ProcessResources::target).toList();
    }
    return targets.stream()
        .filter(target -> !target.endsWith(".jar") && !target.endsWith("/modules"))
        .filter(target -> !target.startsWith("/proc/"))
        .collect(
            Collectors.groupingBy(
                ProcessResources::withoutNumbers, TreeMap::new, Collectors.counting()));
  }

  private static Stream<String> target(Path link) {
    try {
      return Stream.of(Files.readSymbolicLink(link).toString());
    } catch (IOException closedMeanwhile) {
      return Stream.empty();
    }
  }

  private static String withoutNumbers(String name) {
    return name.replaceAll("\\d+", "#");
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
