package io.registrar.leveldb;

/**
 * Reads LevelDB's encodings from a range of bytes: little-endian numbers, varints, and byte strings
 * behind their length. Fails with {@link MalformedException} at the range's end, never beyond it.
 */
final class ByteCursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** Bytes that are no encoding of what was looked for. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  ByteCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  boolean hasMore() {
    return at < end;
  }

  int position() {
    return at;
  }

  long varint() throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(1);
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedException("a number of more than ten bytes at " + at);
  }

  void skipString() throws MalformedException {
    skip(varint());
  }

  void skip(long count) throws MalformedException {
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new MalformedException("a length of " + count + " at " + at);
    }
    require((int) count);
    at += (int) count;
  }

  int fixed32() throws MalformedException {
    require(4);
    int value = fixed32(bytes, at);
    at += 4;
    return value;
  }

  long fixed64() throws MalformedException {
    long low = Integer.toUnsignedLong(fixed32());
    return low | (long) fixed32() << 32;
  }

  static int fixed32(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  private void require(int count) throws MalformedException {
    if (count > end - at) {
      throw new MalformedException("an end in the middle, at " + at);
    }
  }
}
