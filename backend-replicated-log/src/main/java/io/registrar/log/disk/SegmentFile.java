package io.registrar.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file of a {@link Directory}. Driven by one thread at a time.
 *
 * <p>What is written becomes durable block by block (512 bytes), in any order, until {@link #sync}
 * returns; a block shows the bytes of some of the latest writes to it, never half of one write.
 */
interface SegmentFile extends Closeable {
  /**
   * Fills the buffer from this offset on, as far as the file goes.
   *
   * @return how many bytes were there, 0 or more
   */
  int read(ByteBuffer into, long at) throws IOException;

  /** Writes all that remains in the buffer; the file grows as needed. Not durable yet. */
  void write(ByteBuffer from, long at) throws IOException;

  /** Makes durable all that was written to this file, and its size. */
  void sync() throws IOException;

  /** In bytes. */
  long size() throws IOException;

  @Override
  void close() throws IOException;
}
