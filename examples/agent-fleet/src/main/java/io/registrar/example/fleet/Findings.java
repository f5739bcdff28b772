package io.registrar.example.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a check has found. Not thread-safe. */
final class Findings {
  private static final int MOST_SHOWN = 20;

  private final Map<String, String> registry = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int certain;
  private int either;
  private int problemCount;

  /** How many agents of others there are, which are not compared. */
  int others;

  /** Something about the registry as a whole. */
  void about(String what, String value) {
    registry.put(what, value);
  }

  /** An agent is as it was acknowledged or, where an answer had not come, as it may be. */
  void agreed(boolean acknowledged) {
    if (acknowledged) {
      certain++;
    } else {
      either++;
    }
  }

  void problem(String sentence) {
    problemCount++;
    if (problems.size() < MOST_SHOWN) {
      problems.add(sentence);
    }
  }

  boolean isClean() {
    return problemCount == 0;
  }

  /** The first problems, and whether there are more. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public String toString() {
    return String.format(
        "%,d as acknowledged, %,d of unknown outcome and as they may be, %,d wrong; %,d agents of"
            + " others not compared (%s)",
        certain,
        either,
        problemCount,
        others,
        registry.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ")));
  }
}
