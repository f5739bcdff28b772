package io.registrar.jdbc;

import java.time.Duration;

/** When a call has to have ended. Immutable. */
final class Deadline {
  private final Duration length;
  private final long end;

  private Deadline(Duration length, long end) {
    this.length = length;
    this.end = end;
  }

  static Deadline after(Duration length) {
    return new Deadline(length, System.nanoTime() + length.toNanos());
  }

  /** The sooner one of this and that length of time from now. */
  Deadline atMost(Duration other) {
    return left().compareTo(other) <= 0 ? this : after(other);
  }

  /** One that ends when this many percent of the time that is left have passed. */
  Deadline share(int percent) {
    return after(left().multipliedBy(percent).dividedBy(100));
  }

  /** How long it was from the beginning. */
  Duration length() {
    return length;
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** The time left in whole milliseconds, rounded up. */
  long leftMillis() {
    return (Math.max(0, end - System.nanoTime()) + 999_999) / 1_000_000;
  }

  boolean hasPassed() {
    return end - System.nanoTime() <= 0;
  }
}
