package io.registrar.tck.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The moment by which something must have happened, on the monotonic clock.
 *
 * <p>Lengths are multiplied by the system property {@code registrar.tck.timeFactor} (default 1), so
 * that one setting fits all tests to a slow machine. Immutable.
 */
public final class Deadline {
  private static final double FACTOR =
      Double.parseDouble(System.getProperty("registrar.tck.timeFactor", "1"));
  private static final long LOOK_AGAIN_NANOS = 2_000_000;

  private final Duration length;
  private final long end;

  private Deadline(Duration length) {
    this.length = length;
    this.end = System.nanoTime() + length.toNanos();
  }

  /** A deadline this long from now, times the factor. */
  public static Deadline after(Duration length) {
    return new Deadline(scaled(length));
  }

  /** A length of time times the factor. */
  public static Duration scaled(Duration length) {
    return Duration.ofNanos((long) (length.toNanos() * FACTOR));
  }

  /** The time left; zero if it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  public boolean hasPassed() {
    return end - System.nanoTime() <= 0;
  }

  /**
   * Waits until the condition holds.
   *
   * @param what names the condition in the failure
   * @throws AssertionError if it does not hold in time, or the thread is interrupted
   */
  public void await(String what, BooleanSupplier condition) {
    awaitUninterrupted(
        what,
        () -> {
          if (condition.getAsBoolean()) {
            return true;
          }
          if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("interrupted while waiting until " + what);
          }
          return false;
        });
  }

  /**
   * The same for a thread that may be interrupted, and leaves that be.
   *
   * @param what names the condition in the failure
   * @throws AssertionError if it does not hold in time
   */
  public void awaitUninterrupted(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (hasPassed()) {
        throw new AssertionError("did not happen within " + length + ": " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  @Override
  public String toString() {
    return left() + " left of " + length;
  }
}
