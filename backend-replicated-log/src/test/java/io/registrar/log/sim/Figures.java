package io.registrar.log.sim;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one campaign has come to, or several of them together.
 *
 * @param faults the classes of faults that seeds could draw from
 * @param first the first seed
 * @param last the last seed; of several campaigns, the highest
 * @param seeds how many were run
 * @param millis of real time
 * @param cpuMillis of processor time of the whole process, since it runs as a rule beside others
 * @param events of the simulations
 * @param virtualMillis of simulated time
 * @param violations how many seeds broke an invariant
 * @param counts what was done to the runs, by kind
 */
record Figures(
    String faults,
    long first,
    long last,
    long seeds,
    long millis,
    long cpuMillis,
    long events,
    long virtualMillis,
    long violations,
    Map<String, Long> counts) {
  private static final String SEPARATOR = " | ";

  Figures plus(Figures other) {
    Map<String, Long> sum = new TreeMap<>(counts);
    other.counts.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new Figures(
        faults,
        Math.min(first, other.first),
        Math.max(last, other.last),
        seeds + other.seeds,
        millis + other.millis,
        cpuMillis + other.cpuMillis,
        events + other.events,
        virtualMillis + other.virtualMillis,
        violations + other.violations,
        sum);
  }

  /** One line, for {@link #parse}, which also reads lines without the time of the processor. */
  String line() {
    String numbers =
        String.join(
            " ",
            faults,
            Long.toString(first),
            Long.toString(last),
            Long.toString(seeds),
            Long.toString(millis),
            Long.toString(events),
            Long.toString(virtualMillis),
            Long.toString(violations),
            Long.toString(cpuMillis));
    return counts.entrySet().stream()
        .map(count -> count.getKey() + "=" + count.getValue())
        .collect(Collectors.joining(",", numbers + SEPARATOR, ""));
  }

  static Figures parse(String line) {
    int bar = line.indexOf(SEPARATOR);
    String[] word = line.substring(0, bar).split(" ");
    Map<String, Long> counts = new TreeMap<>();
    for (String count : line.substring(bar + SEPARATOR.length()).split(",")) {
      int equals = count.indexOf('=');
      if (equals > 0) {
        counts.put(count.substring(0, equals), Long.parseLong(count.substring(equals + 1)));
      }
    }
    return new Figures(
        word[0],
        Long.parseLong(word[1]),
        Long.parseLong(word[2]),
        Long.parseLong(word[3]),
        Long.parseLong(word[4]),
        word.length > 8 ? Long.parseLong(word[8]) : 0,
        Long.parseLong(word[5]),
        Long.parseLong(word[6]),
        Long.parseLong(word[7]),
        counts);
  }

  /** For a person to read. */
  String text() {
    return String.format(
        "%,d seeds from %d to %d (faults %s) in %.1f s (%.0f a second; %.0f s of processor time):"
            + " %,d events, %.1f hours of virtual time, %d violations%n  %s",
        seeds,
        first,
        last,
        faults,
        millis / 1e3,
        seeds * 1e3 / Math.max(1, millis),
        cpuMillis / 1e3,
        events,
        virtualMillis / 3_600_000.0,
        violations,
        counts.entrySet().stream()
            .map(count -> String.format("%s %,d", count.getKey(), count.getValue()))
            .collect(Collectors.joining(", ")));
  }
}
