package io.registrar.spi;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them on a command line: {@code 500ms}, {@code 1.5secs}, {@code 2weeks}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-z]+)");
  private static final Map<String, Long> NANOS = new LinkedHashMap<>();

  static {
    NANOS.put("ns", 1L);
    NANOS.put("us", 1_000L);
    NANOS.put("ms", 1_000_000L);
    NANOS.put("secs", 1_000_000_000L);
    NANOS.put("mins", 60 * 1_000_000_000L);
    NANOS.put("hrs", 3_600 * 1_000_000_000L);
    NANOS.put("days", 86_400 * 1_000_000_000L);
    NANOS.put("weeks", 604_800 * 1_000_000_000L);
  }

  private DurationText() {}

  /**
   * Reads a duration: a number and one of {@code ns us ms secs mins hrs days weeks}; the {@code s}
   * at the end of a unit may be left out where there is one.
   *
   * @throws IllegalArgumentException if the text is no such duration, or longer than 292 years; the
   *     message shows the form
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    Long nanos = form.matches() ? nanosOf(form.group(2)) : null;
    if (nanos == null) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no duration: give a number and a unit of "
              + String.join(", ", NANOS.keySet())
              + ", such as 500ms, 20secs, 10mins or 2weeks");
    }
    try {
      return Duration.ofNanos(
          new BigDecimal(form.group(1))
              .multiply(BigDecimal.valueOf(nanos))
              .toBigInteger()
              .longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is longer than 292 years", e);
    }
  }

  /** The shortest text that {@link #parse} reads back as this duration; it is not negative. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    String best = nanos + "ns";
    for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
      if (nanos != 0 && nanos % unit.getValue() == 0) {
        best = nanos / unit.getValue() + unit.getKey();
      }
    }
    return nanos == 0 ? "0secs" : best;
  }

  private static @Nullable Long nanosOf(String unit) {
    // One second is "1sec" too; but "5m" is neither minutes nor milliseconds.
    boolean singular = unit.length() > 1 && !unit.endsWith("s");
    return NANOS.get(singular ? unit + "s" : unit);
  }
}
