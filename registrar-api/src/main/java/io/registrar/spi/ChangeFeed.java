package io.registrar.spi;

import java.time.Duration;

/** The commits after a version, in order (rule 9). Driven by one thread at a time. */
public interface ChangeFeed extends AutoCloseable {
  /**
   * The next event.
   *
   * @param timeout how long to wait for one, more than zero
   * @throws UnavailableException if the storage cannot be reached; a later call goes on where this
   *     one left off
   * @throws ClosedException if the feed or its storage was closed
   */
  ChangeEvent next(Duration timeout) throws StorageException;

  /** Ends the feed; a call that waits ends. Idempotent; may be called by any thread. */
  @Override
  void close();
}
