package io.registrar;

import io.registrar.record.Registry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The latest copy of a registry that one thread keeps, and the waits for it. Thread-safe. */
final class WarmCopy {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Registry latest;
  private boolean refused;
  private boolean closed;

  Optional<Registry> latest() {
    lock.lock();
    try {
      return Optional.ofNullable(latest);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for any copy; false if there is none, because of the time, a refusal or the end. */
  boolean await(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (!closed && latest == null && !refused && left > 0) {
        left = changed.awaitNanos(left);
      }
      return latest != null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the copy that there is to come as far as this version, and gives only that one. */
  Optional<Registry> await(long version, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (!closed && latest != null && latest.version() < version && left > 0) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(latest).filter(copy -> copy.version() == version);
    } finally {
      lock.unlock();
    }
  }

  void keep(Registry copy) {
    lock.lock();
    try {
      latest = closed ? null : copy;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the copy: it can no longer be followed. */
  void drop() {
    lock.lock();
    try {
      latest = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What was read must not be led: nobody need wait for a copy any more. */
  void refuse() {
    lock.lock();
    try {
      refused = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets so much time pass, or less if this is closed meanwhile. */
  void pause(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      latest = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
