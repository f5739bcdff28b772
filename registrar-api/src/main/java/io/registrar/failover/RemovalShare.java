package io.registrar.failover;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of all agents, written in percent, such as {@code 25%}.
 *
 * @param fraction 0 to 1
 */
public record RemovalShare(double fraction) {
  /** All of them. */
  public static final RemovalShare ALL = new RemovalShare(1);

  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%\\s*");

  /**
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public RemovalShare {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a share is 0% to 100%; got " + fraction * 100 + "%");
    }
  }

  /**
   * Reads a percentage.
   *
   * @throws IllegalArgumentException if the text is none, or not from 0% to 100%
   */
  public static RemovalShare parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no share: give a percentage, such as 25%");
    }
    return new RemovalShare(Double.parseDouble(form.group(1)) / 100);
  }

  /** Whether so many of so many are more than this share. */
  boolean isExceededBy(int some, int all) {
    return all > 0 && some > fraction * all;
  }

  @Override
  public String toString() {
    return fraction * 100 + "%";
  }
}
