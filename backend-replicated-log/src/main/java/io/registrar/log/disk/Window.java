package io.registrar.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a file in large steps, for a reader that goes forward. */
final class Window {
  private static final int STEP = 128 << 10;

  private final SegmentFile file;
  private final long size;
  private ByteBuffer buffer;
  private long start;

  Window(SegmentFile file) throws IOException {
    this.file = file;
    this.size = file.size();
    this.buffer = ByteBuffer.allocate((int) Math.min(STEP, size)).limit(0);
  }

  long size() {
    return size;
  }

  /** The bytes at an offset: fewer than asked for where the file ends. */
  byte[] bytes(long at, int length) throws IOException {
    int there = (int) Math.max(0, Math.min(length, size - at));
    if (at < start || at + there > start + buffer.limit()) {
      load(at, there);
    }
    int from = (int) (at - start);
    byte[] bytes = new byte[Math.max(0, Math.min(there, buffer.limit() - from))];
    buffer.get(from, bytes);
    return bytes;
  }

  private void load(long at, int length) throws IOException {
    if (length > buffer.capacity()) {
      buffer = ByteBuffer.allocate(length);
    }
    start = at;
    buffer.clear();
    buffer.limit(file.read(buffer, at));
  }
}
