package io.registrar.spi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a thread that waits for another one's answer looks again and again for a moment
 * before it parks: only if answers have lately been so quick that waking a parked thread would cost
 * a good part of one, only one thread at a time, and only where there is a second processor. The
 * registrar uses it for callers that wait for an outcome, a storage may for its own hand-overs.
 *
 * <p>Thread-safe.
 */
public final class Patience {
  /** The longest that anybody looks again and again, in nanoseconds. */
  public static final long MOST_NANOS = 500_000;

  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() < 2;

  private final AtomicBoolean taken = new AtomicBoolean();

  // Written by one thread at a time; another may as well see an older one.
  private volatile long usualNanos = MOST_NANOS;

  /** Somebody for whom nobody has waited yet. */
  public Patience() {}

  /** An answer took this long; told by one thread at a time. */
  public void took(long nanos) {
    usualNanos += (nanos - usualNanos) / 8;
  }

  /** What is little beside an answer's usual time, in nanoseconds. */
  public long moment() {
    return Math.min(usualNanos / 8, MOST_NANOS);
  }

  /**
   * Returns when the condition holds, or when it is better to park: after {@link #MOST_NANOS} or
   * little more. Ignores interrupts, and leaves their flag as it is.
   */
  public void await(BooleanSupplier condition) {
    long usual = usualNanos;
    if (ALONE || usual > MOST_NANOS || !taken.compareAndSet(false, true)) {
      return;
    }
    try {
      if (condition.getAsBoolean()) {
        return;
      }
      // A busy processor makes the sync itself slower: it serves the disk, too.
      LockSupport.parkNanos(this, usual / 4);
      long start = System.nanoTime();
      long most = Math.min(2 * usual, MOST_NANOS);
      while (!condition.getAsBoolean() && System.nanoTime() - start < most) {
        pause();
      }
    } finally {
      taken.set(false);
    }
  }

  /**
   * Some microseconds, and then a chance for another thread that may need this processor, the one
   * that is to answer first of all: a scheduler need not take it from one that is busy.
   */
  public static void pause() {
    for (int i = 0; i < 8; i++) {
      Thread.onSpinWait();
    }
    Thread.yield();
  }
}
