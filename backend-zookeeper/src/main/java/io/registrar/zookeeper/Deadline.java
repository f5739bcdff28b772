package io.registrar.zookeeper;

import io.registrar.spi.DurationText;
import java.time.Duration;

/** When a call has to end, and how long it was given. Immutable. */
record Deadline(long atNanos, Duration given) {
  static Deadline after(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is more than zero; got " + timeout);
    }
    Duration bounded = timeout.compareTo(Duration.ofDays(365)) > 0 ? Duration.ofDays(365) : timeout;
    return new Deadline(System.nanoTime() + bounded.toNanos(), bounded);
  }

  /** The same call's deadline for its first half: the rest is kept for what may be in doubt. */
  Deadline half() {
    return new Deadline(atNanos - given.toNanos() / 2, given);
  }

  /** How much is left, in nanoseconds; 0 or less if it has passed. */
  long leftNanos() {
    return atNanos - System.nanoTime();
  }

  boolean passed() {
    return leftNanos() <= 0;
  }

  /** The time that was given, for messages. */
  @Override
  public String toString() {
    return DurationText.format(given);
  }
}
