package io.registrar.log.sim;

import java.util.Map;
import java.util.TreeMap;

/** How often each thing was done to a run, and to many runs. */
final class Tally {
  private final Map<String, Long> counts = new TreeMap<>();

  private long messages;

  /** Counts a message that arrives. */
  void message() {
    messages++;
  }

  long messages() {
    return messages;
  }

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  void add(Tally other) {
    messages += other.messages;
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  Map<String, Long> counts() {
    return counts;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (what, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(what).append(' ').append(count));
    return text.toString();
  }
}
