package io.registrar.log.disk;

/** What is found where a frame could be. */
sealed interface Reading {
  /** A frame as it was written; {@code payload} belongs to whoever reads it. */
  record Whole(Frame frame, long place, byte[] payload) implements Reading {
    /** Where the frame ends. */
    long end() {
      return place + frame.size();
    }
  }

  /** Nothing, or the beginning of a frame that was never written in full. */
  record Missing(long place) implements Reading {}

  /** Bytes that were written and have changed since, or another record than the one expected. */
  record Damaged(long place, String what) implements Reading {}
}
