package io.registrar.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a file holds where nothing has been written yet. */
final class Zeros {
  private static final int STEP = 256 << 10;

  private Zeros() {}

  static boolean only(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Writes zeros from one offset to another. */
  static void write(SegmentFile file, long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(STEP, to - from));
    for (long at = from; at < to; at += zeros.capacity()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
      file.write(zeros, at);
    }
  }
}
