package io.registrar.log.disk;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How a record lies in a segment, big-endian: length of the payload (4), sequence (8), the last
 * sequence that was synced when this was written (8), blocks of zeros (4), check sum of the header
 * (4), tag (4); the payload; its check sum (4), end mark (1).
 *
 * <ol>
 *   <li>A frame begins at a multiple of 8 bytes, and its header lies within one block, which the
 *       disk writes whole or not at all: a header is there, or zeros are.
 *   <li>Whatever of a frame was not written is zeros. So a frame without its end mark, or with more
 *       blocks of zeros than it was written with, is torn; one that is wrong in any other way was
 *       written and has changed since: damage.
 *   <li>A frame that says that a later or equal sequence was synced proves that whatever is missing
 *       before it has been lost, and not just never synced.
 * </ol>
 *
 * @param kind what it is
 * @param sequence its number; the end of a segment has that of the record that follows
 * @param synced the last sequence that was synced when it was written
 * @param length of the payload
 * @param zeroBlocks blocks of the frame, but for the header's, that hold zeros alone
 */
record Frame(Kind kind, long sequence, long synced, int length, int zeroBlocks) {
  /** What the disk writes whole or not at all, in bytes. */
  static final int BLOCK = 512;

  static final int HEADER = 32;
  static final int TRAILER = 5;

  private static final int ALIGNMENT = 8;
  private static final int CHECKED = 24;
  private static final byte END_MARK = 'e';

  /** What a frame is. Both tags end in a byte that is not zero. */
  enum Kind {
    /** A record of the replica. */
    RECORD(0x7265_636f), // "reco"
    /** Nothing follows in this segment, and there is a next one. */
    END(0x656e_6473); // "ends"

    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }
  }

  /** Where a frame begins whose predecessor ends here. */
  static long place(long end) {
    long aligned = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long room = BLOCK - aligned % BLOCK;
    return room < HEADER ? aligned + room : aligned;
  }

  /** All bytes of the frame. */
  int size() {
    return HEADER + length + TRAILER;
  }

  static byte[] encode(
      Kind kind, long sequence, long synced, byte[] payload, long salt, long place) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + payload.length + TRAILER);
    out.position(HEADER).put(payload);
    out.putInt(CheckSum.of(salt, sequence, payload, 0, payload.length)).put(END_MARK);
    out.rewind().putInt(payload.length).putLong(sequence).putLong(synced);
    out.putInt(zeroBlocks(out.array(), place));
    out.putInt(headerSum(out.array(), salt, place, kind)).putInt(kind.tag);
    return out.array();
  }

  /** Reads a header, if it is whole. */
  static Optional<Frame> header(byte[] bytes, long salt, long place) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int length = in.getInt();
    long sequence = in.getLong();
    long synced = in.getLong();
    int zeroBlocks = in.getInt();
    int sum = in.getInt();
    int tag = in.getInt();
    for (Kind kind : Kind.values()) {
      if (kind.tag == tag && length >= 0 && sum == headerSum(bytes, salt, place, kind)) {
        return Optional.of(new Frame(kind, sequence, synced, length, zeroBlocks));
      }
    }
    return Optional.empty();
  }

  private static int headerSum(byte[] bytes, long salt, long place, Kind kind) {
    return CheckSum.of(salt + kind.tag, place, bytes, 0, CHECKED);
  }

  /** Whether the last byte of a header is missing. */
  static boolean isHeaderCutOff(byte[] header) {
    return header[HEADER - 1] == 0;
  }

  /** Whether the payload is what was written. */
  boolean isWhole(byte[] bytes, long salt) {
    ByteBuffer trailer = ByteBuffer.wrap(bytes, HEADER + length, TRAILER);
    return trailer.getInt() == CheckSum.of(salt, sequence, bytes, HEADER, length)
        && trailer.get() == END_MARK;
  }

  /** Whether a payload that is not whole was never written in full. */
  boolean isTorn(byte[] bytes, long place) {
    return bytes[size() - 1] == 0 || zeroBlocks(bytes, place) > zeroBlocks;
  }

  private static int zeroBlocks(byte[] frame, long place) {
    int count = 0;
    for (int from = BLOCK - (int) (place % BLOCK); from < frame.length; from += BLOCK) {
      if (Zeros.only(frame, from, Math.min(from + BLOCK, frame.length))) {
        count++;
      }
    }
    return count;
  }
}
