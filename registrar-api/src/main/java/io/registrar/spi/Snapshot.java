package io.registrar.spi;

import java.util.Optional;

/**
 * All records of a registry as of one version (rules 4.1 to 4.3), streamed.
 *
 * <p>It is read once, by one thread, in no promised order, and must be exhausted or closed before
 * the first commit of the session that it came from. It may be closed before its end: a backend
 * that has to know which keys exist must not rely on its being read. It never changes, whatever is
 * committed meanwhile. {@link #version()}, {@link #epoch()} and {@link #header()} are known from
 * the start, and cost nothing.
 */
public interface Snapshot extends AutoCloseable {
  /** The version of this state: 0 for a registry that has never been written. */
  long version();

  /** The epoch of the latest {@code acquire} that this state knows of; 0 if there was none. */
  long epoch();

  /** The header written with that version: {@link Header#EMPTY} at version 0. */
  Header header();

  /**
   * The next record, or empty at the end, and from then on. The record's array is the caller's own.
   *
   * <p>May block; the timeout of the call that gave this snapshot bounds the time that one call of
   * this method makes no progress. The time between calls does not count, but the engine may have
   * to hold something back meanwhile, so a reader should not dawdle.
   *
   * @throws UnavailableException if the stream broke or made no progress in time
   * @throws FencedException if a later {@code acquire} has ended the session that this snapshot
   *     belongs to, and its state can no longer be read whole (rule 4.3)
   * @throws DamagedException if bytes were found changed or lost (rule 7.1)
   * @throws ClosedException if it, its session or its storage was closed
   */
  Optional<StoredRecord> next() throws StorageException;

  /** Lets go of what the snapshot holds. Idempotent; may be called by any thread. */
  @Override
  void close();
}
