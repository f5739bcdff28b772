package io.registrar;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a caller who waits for an outcome looks again and again for a moment before it
 * parks: only if commits have lately been so quick that waking a parked thread would cost a good
 * part of one, only one caller at a time, and only where there is a second processor.
 */
final class Patience {
  /** The longest that anybody looks again and again, in nanoseconds. */
  static final long MOST_NANOS = 300_000;

  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() < 2;

  private final AtomicBoolean taken = new AtomicBoolean();

  // Written by the writer alone; a caller may as well see an older one.
  private volatile long usualNanos = MOST_NANOS;

  /** A commit took this long. */
  void took(long nanos) {
    usualNanos += (nanos - usualNanos) / 8;
  }

  /** What is little beside a commit, in nanoseconds. */
  long moment() {
    return Math.min(usualNanos / 8, MOST_NANOS);
  }

  /** Returns when the condition holds, or when it is better to park. */
  void await(BooleanSupplier condition) {
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
   * Some microseconds, and then a chance for another thread that may need this processor, the
   * writer first of all: a scheduler need not take it from one that is busy.
   */
  static void pause() {
    for (int i = 0; i < 8; i++) {
      Thread.onSpinWait();
    }
    Thread.yield();
  }
}
