package io.registrar.example.master.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How values were spread over the last day, as the ancestor keeps its timers: the last value under
 * the metric's own name, and below it how many, the extremes and the percentiles, precise to one in
 * a thousand. The day is forgotten an hour at a time. Thread-safe.
 */
final class Distribution {
  private static final int HOURS = 24;
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;
  private static final Map<String, Double> PERCENTILES = new LinkedHashMap<>();

  static {
    PERCENTILES.put("/p50", 50.0);
    PERCENTILES.put("/p90", 90.0);
    PERCENTILES.put("/p95", 95.0);
    PERCENTILES.put("/p99", 99.0);
    PERCENTILES.put("/p999", 99.9);
    PERCENTILES.put("/p9999", 99.99);
  }

  private final double unit;
  private final Histogram[] hours = new Histogram[HOURS];
  private long hour = System.nanoTime() / HOUR_NANOS;
  private long last;
  private long count;
  private double total;

  /**
   * @param unit how many of what is recorded make one of what is shown
   */
  Distribution(double unit) {
    this.unit = unit;
    for (int i = 0; i < HOURS; i++) {
      hours[i] = new Histogram(DIGITS);
    }
  }

  synchronized void record(long value) {
    current().recordValue(value);
    last = value;
    count++;
    total += value;
  }

  /** How many values there were since the process began. */
  synchronized long count() {
    return count;
  }

  /** The sum of all values since the process began, in the units that were recorded. */
  synchronized double total() {
    return total;
  }

  synchronized void writeTo(String name, Map<String, Number> metrics) {
    current();
    Histogram day = new Histogram(DIGITS);
    for (Histogram one : hours) {
      day.add(one);
    }
    metrics.put(name, last / unit);
    metrics.put(name + "/count", day.getTotalCount());
    metrics.put(name + "/max", day.getMaxValue() / unit);
    metrics.put(name + "/min", day.getTotalCount() == 0 ? 0 : day.getMinValue() / unit);
    PERCENTILES.forEach(
        (suffix, percentile) ->
            metrics.put(name + suffix, day.getValueAtPercentile(percentile) / unit));
  }

  /** The histogram of this hour, once those of the hours that have passed unused are empty. */
  private Histogram current() {
    long now = System.nanoTime() / HOUR_NANOS;
    for (long passed = Math.max(hour, now - HOURS) + 1; passed <= now; passed++) {
      hours[Math.floorMod(passed, HOURS)].reset();
    }
    hour = now;
    return hours[Math.floorMod(now, HOURS)];
  }
}
