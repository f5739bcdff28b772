package io.registrar.log.registry;

import io.registrar.spi.ClosedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets calls in until the storage is closed, and lets a close wait for those that are in. */
final class Gate {
  private static final long CLOSE_SECONDS = 10;

  private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
  private final String what;
  private volatile boolean closed;

  Gate(String what) {
    this.what = what;
  }

  /** One call, until it is closed. */
  interface Call extends AutoCloseable {
    @Override
    void close();
  }

  /** Begins a call that a close has to wait for; it is closed by the thread that began it. */
  Call enter() throws ClosedException {
    requireOpen();
    calls.readLock().lock();
    if (closed) {
      calls.readLock().unlock();
      throw closedException();
    }
    return calls.readLock()::unlock;
  }

  void requireOpen() throws ClosedException {
    if (closed) {
      throw closedException();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Lets nobody in any more. */
  void close() {
    closed = true;
  }

  /** Waits for the calls that are in; for at most ten seconds. */
  void awaitEmpty() {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    boolean waiting = true;
    while (waiting) {
      try {
        if (calls.writeLock().tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          calls.writeLock().unlock();
        }
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ClosedException closedException() {
    return new ClosedException(what + " was closed");
  }
}
