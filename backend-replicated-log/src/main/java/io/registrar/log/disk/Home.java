package io.registrar.log.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of one replica, held for this process alone: the files in use, and those that were
 * set aside. Driven by one thread at a time.
 */
interface Home extends AutoCloseable {
  /** The files in use. */
  Directory current();

  /** The files that were last set aside, if ever. */
  Optional<Directory> lastSetAside() throws IOException;

  /**
   * Puts the files in use aside under a name of their own, and goes on with none. One step: a power
   * loss leaves them all there, or all aside. Durable on return; nothing is deleted. Does nothing
   * where there is no segment.
   */
  void setAside() throws IOException;

  /** Where it is, for messages. */
  Path path();

  /** Gives the directory free. Idempotent. */
  @Override
  void close() throws IOException;
}
