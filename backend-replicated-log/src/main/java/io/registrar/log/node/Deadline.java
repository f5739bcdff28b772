package io.registrar.log.node;

import java.time.Duration;

/** When a call must have ended. */
public final class Deadline {
  private static final long LONGEST_SECONDS = 100L * 365 * 24 * 3600;

  private final Duration timeout;
  private final long end;

  private Deadline(Duration timeout, long end) {
    this.timeout = timeout;
    this.end = end;
  }

  /** So long from now. */
  public static Deadline after(Duration timeout) {
    long nanos =
        timeout.getSeconds() > LONGEST_SECONDS
            ? LONGEST_SECONDS * 1_000_000_000
            : timeout.toNanos();
    return new Deadline(timeout, System.nanoTime() + nanos);
  }

  /** What is left, 0 or more. */
  public long leftNanos() {
    return Math.max(0, end - System.nanoTime());
  }

  /** Whether nothing is left. */
  public boolean hasPassed() {
    return leftNanos() == 0;
  }

  /** The time that was given. */
  @Override
  public String toString() {
    return timeout.toString();
  }
}
