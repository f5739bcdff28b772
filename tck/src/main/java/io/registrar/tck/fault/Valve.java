package io.registrar.tck.fault;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What one direction of a {@link TcpProxy} lets through, for all its connections together. */
final class Valve {
  private static final long NEVER = Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long passed;
  private long cutAt = NEVER;
  private long delayNanos;
  private boolean held;

  long passed() {
    lock.lock();
    try {
      return passed;
    } finally {
      lock.unlock();
    }
  }

  void cutAfter(long bytes) {
    change(() -> cutAt = passed + bytes);
  }

  void hold() {
    change(() -> held = true);
  }

  void release() {
    change(() -> held = false);
  }

  void delay(Duration by) {
    change(() -> delayNanos = by.toNanos());
  }

  void heal() {
    change(
        () -> {
          cutAt = NEVER;
          delayNanos = 0;
          held = false;
        });
  }

  /** Has every pump that waits look again. */
  void wake() {
    change(() -> {});
  }

  /**
   * Waits until bytes that have just come may go on.
   *
   * @param count how many there are
   * @param gone whether their connection has gone meanwhile, so that there is nothing to wait for
   * @return how many may be passed on; empty if all of them. After a number, the connection is cut
   */
  OptionalInt admit(int count, java.util.function.BooleanSupplier gone)
      throws InterruptedException {
    lock.lock();
    try {
      long came = System.nanoTime();
      while (!gone.getAsBoolean()) {
        long wait = came + delayNanos - System.nanoTime();
        if (held) {
          changed.await();
        } else if (delayNanos > 0 && wait > 0) {
          changed.await(wait, TimeUnit.NANOSECONDS);
        } else {
          break;
        }
      }
      if (cutAt - passed < count) {
        int allowed = (int) (cutAt - passed);
        passed += allowed;
        cutAt = NEVER;
        return OptionalInt.of(allowed);
      }
      passed += count;
      return OptionalInt.empty();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
