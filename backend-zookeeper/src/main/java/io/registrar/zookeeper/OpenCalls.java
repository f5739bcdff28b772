package io.registrar.zookeeper;

import io.registrar.spi.ClosedException;
import java.time.Duration;

/** The calls that are running, so that whoever closes can let them end. */
final class OpenCalls {
  private final String what;
  private int running;
  private boolean closed;

  OpenCalls(String what) {
    this.what = what;
  }

  /** A call that has begun. */
  interface Call extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins a call.
   *
   * @throws ClosedException if it was closed before
   */
  synchronized Call begin() throws ClosedException {
    if (closed) {
      throw new ClosedException(what + " was closed");
    }
    running++;
    return this::end;
  }

  /** Lets no more calls begin, and waits for those that run; false if they did not end in time. */
  synchronized boolean close(Duration patience) {
    closed = true;
    boolean interrupted = false;
    long until = System.nanoTime() + patience.toNanos();
    while (running > 0 && until - System.nanoTime() > 0) {
      try {
        wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return running == 0;
  }

  private synchronized void end() {
    running--;
    notifyAll();
  }
}
