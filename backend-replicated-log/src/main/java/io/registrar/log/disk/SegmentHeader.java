package io.registrar.log.disk;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The head of a segment, 48 bytes, big-endian: magic (8), format (4), check sum of these (4),
 * member (4), number (8), first sequence (8), salt (8), check sum of all (4). The first 16 bytes
 * are so in every format to come, so that an older program can tell a newer file from a damaged
 * one.
 *
 * @param member the place whose log this is
 * @param number of the segment, from 1
 * @param firstSequence of the first record in it
 * @param salt drawn at random for this segment
 */
record SegmentHeader(MemberId member, long number, long firstSequence, long salt) {
  static final int SIZE = 48;
  static final int FORMAT = 1;

  private static final long MAGIC = 0x5245_474c_4f47_0d0aL; // "REGLOG", carriage return, line feed
  private static final int PREFIX = 12;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(SIZE).putLong(MAGIC).putInt(FORMAT);
    out.putInt(CheckSum.of(0, 0, out.array(), 0, PREFIX));
    out.putInt(member.value()).putLong(number).putLong(firstSequence).putLong(salt);
    out.putInt(CheckSum.of(0, 0, out.array(), 0, out.position()));
    return out.array();
  }

  /**
   * Reads a header; empty if it is damaged.
   *
   * @throws IncompatibleStoreException if it is whole, but of a format that is not known here
   */
  static Optional<SegmentHeader> decode(byte[] bytes, Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < SIZE || in.getLong() != MAGIC) {
      return Optional.empty();
    }
    int format = in.getInt();
    if (in.getInt() != CheckSum.of(0, 0, bytes, 0, PREFIX)) {
      return Optional.empty();
    }
    if (format != FORMAT) {
      throw new IncompatibleStoreException(
          file
              + " has format "
              + format
              + ", and this program reads format "
              + FORMAT
              + ": start the version that wrote it, or a later one");
    }
    int member = in.getInt();
    SegmentHeader header =
        new SegmentHeader(
            new MemberId(Math.max(1, member & 0xffff)), in.getLong(), in.getLong(), in.getLong());
    boolean whole = in.getInt() == CheckSum.of(0, 0, bytes, 0, SIZE - 4);
    return whole ? Optional.of(header) : Optional.empty();
  }
}
