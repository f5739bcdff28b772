package io.registrar.log.net;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most one line of a kind in ten seconds, so that whoever is refused cannot fill the log. The
 * line tells how many were left out before it. Thread-safe.
 */
final class RareLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.registrar.log.net");
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private record Last(long nanos, long leftOut) {}

  private final Map<Object, Last> lines = new ConcurrentHashMap<>();

  /**
   * Writes a line.
   *
   * @param kind one of a small, fixed set
   */
  void warn(Object kind, String format, Object... values) {
    long now = System.nanoTime();
    lines.compute(
        kind,
        (same, last) -> {
          if (last != null && now - last.nanos < QUIET_NANOS) {
            return new Last(last.nanos, last.leftOut + 1);
          }
          long leftOut = last == null ? 0 : last.leftOut;
          Object[] more = Arrays.copyOf(values, values.length + 1);
          more[values.length] = leftOut == 0 ? "" : " (and " + leftOut + " more before)";
          LOG.warn(format + "{}", more);
          return new Last(now, 0);
        });
  }
}
