package io.registrar.leveldb;

import io.registrar.spi.Header;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The one record that every write moves. A value.
 *
 * @param epoch of the latest {@code acquire}
 * @param version of the latest commit
 * @param sequence LevelDB's number of this write's last change
 * @param header as of the version
 */
record Head(long epoch, long version, long sequence, Header header) {
  /** The head of a registry that was never written. */
  static final Head NONE = new Head(0, 0, 0, Header.EMPTY);

  private static final byte FORMAT = 1;

  Head acquired(long beyondEpoch) {
    return new Head(Math.max(epoch, beyondEpoch) + 1, version, sequence, header);
  }

  Head committed(long beyondVersion, Header next) {
    return new Head(epoch, Math.max(version, beyondVersion) + 1, sequence, next);
  }

  /** This head, written by this many changes after the write that it was taken from. */
  Head after(int changes) {
    return at(sequence + changes);
  }

  Head at(long written) {
    return new Head(epoch, version, written, header);
  }

  byte[] encode() {
    byte[] text = header.bytes();
    return ByteBuffer.allocate(1 + 3 * Long.BYTES + text.length)
        .put(FORMAT)
        .putLong(epoch)
        .putLong(version)
        .putLong(sequence)
        .put(text)
        .array();
  }

  /**
   * @throws IllegalArgumentException if these bytes are no head of this format
   */
  static Head decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte format = in.get();
      if (format != FORMAT) {
        throw new IllegalArgumentException("a head of format " + format);
      }
      long epoch = in.getLong();
      long version = in.getLong();
      long sequence = in.getLong();
      byte[] header = new byte[in.remaining()];
      in.get(header);
      return new Head(epoch, version, sequence, Header.of(header));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a head of " + bytes.length + " bytes", e);
    }
  }
}
