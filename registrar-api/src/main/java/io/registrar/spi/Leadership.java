package io.registrar.spi;

import java.time.Duration;

/**
 * A lease that was won, renewed by the storage until it is resigned, lost, or its storage closed.
 * All methods may be called by any thread.
 */
public interface Leadership extends AutoCloseable {
  /**
   * Waits for the end.
   *
   * @param timeout how long to wait; zero to look only
   * @return true if the leadership has ended; false if it had not when the time ran out
   */
  boolean awaitEnd(Duration timeout) throws InterruptedException;

  /**
   * Gives the lease back, so that another leads at once (rule 8.3). Idempotent; does not throw.
   * Blocks for at most 5 seconds: a lease that could not be given back by then runs out.
   */
  void resign();

  /** The same as {@link #resign()}. */
  @Override
  default void close() {
    resign();
  }
}
