package io.registrar.failover;

import io.registrar.spi.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so long, written {@code n/duration}, such as {@code 1/10mins}.
 *
 * @param count how many, 1 or more
 * @param per in how long, more than zero
 */
public record RateLimit(int count, Duration per) {
  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,9})\\s*/(.*)");

  /**
   * @throws IllegalArgumentException if the count or the duration is not positive
   */
  public RateLimit {
    if (count < 1 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException(
          "a rate is 1 or more in a duration of more than zero; got " + count + " in " + per);
    }
  }

  /**
   * Reads {@code n/duration}.
   *
   * @throws IllegalArgumentException if the text is no such rate; the message shows the form
   */
  public static RateLimit parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no rate: give a number and a duration, such as 1/10mins");
    }
    return new RateLimit(Integer.parseInt(form.group(1)), DurationText.parse(form.group(2)));
  }

  /** How long after one the next may follow. */
  Duration interval() {
    return per.dividedBy(count);
  }

  @Override
  public String toString() {
    return count + "/" + DurationText.format(per);
  }
}
