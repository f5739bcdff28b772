package io.registrar.log.sim.mutant;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks for a seed that catches a mutant. */
final class Hunt {
  private static final String SEARCH = "io.registrar.log.sim.Search";

  /**
   * What a hunt brought home.
   *
   * @param seeds how many seeds it took, the last one included
   * @param invariant the one that fired
   * @param drawn decisions before shrinking
   * @param replay after it, as the lines of a replay
   */
  record Catch(long seeds, String invariant, int drawn, String message, List<String> replay) {
    int shrunk() {
      return replay.size() - 1;
    }

    long seed() {
      return Long.parseLong(replay.get(0).split(" ")[1]);
    }
  }

  enum Shrink {
    PLAIN,
    SHRINK
  }

  private Hunt() {}

  /** Searches {@code seeds} seeds from {@code first} on. */
  static Optional<Catch> search(Mutant mutant, long first, long seeds, Shrink shrink) {
    Function<String, String> search = loaded(mutant, SEARCH);
    String answer =
        search.apply(
            first
                + " "
                + seeds
                + " "
                + mutant.faults()
                + " "
                + shrink.name().toLowerCase(java.util.Locale.ROOT));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = answer.lines().toList();
    String[] head = lines.get(0).split(" ", 3);
    List<String> replay = lines.subList(1, lines.size());
    long seed = Long.parseLong(replay.get(0).split(" ")[1]);
    return Optional.of(
        new Catch(seed - first + 1, head[0], Integer.parseInt(head[1]), head[2], replay));
  }

  /** The answer of the exhaustive search to a request such as {@code "8 100000 FOUNDED"}. */
  static String exhaust(Mutant mutant, String request) {
    return loaded(mutant, "io.registrar.log.sim.exhaustive.Exhaustive").apply(request);
  }

  /** What a replay breaks under the mutant. */
  static String replay(Mutant mutant, String replay) {
    return loaded(mutant, "io.registrar.log.sim.PlayedReplay").apply(replay);
  }

  /** What happens in a scenario under the mutant, as its text. */
  static String play(Mutant mutant, Path scenario) {
    return loaded(mutant, "io.registrar.log.scenario.OneScenario").apply(scenario.toString());
  }

  /** The scenarios in text that notice the mutant, of those whose names begin so. */
  static List<String> scenarios(Mutant mutant, String prefix) {
    return loaded(mutant, "io.registrar.log.scenario.AllScenarios").apply(prefix).lines().toList();
  }

  @SuppressWarnings(
      "unchecked") // Both entries are functions from text to text; their own class is loaded apart.
  private static Function<String, String> loaded(Mutant mutant, String name) {
    try {
      return (Function<String, String>)
          MutatedCode.load(mutant, name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(mutant.name() + " cannot be loaded", e);
    }
  }
}
