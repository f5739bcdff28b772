package io.registrar.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes frames at the end of one segment. Driven by one thread.
 *
 * <ol>
 *   <li>The file always reaches {@value #MARGIN} bytes of zeros beyond the place of the next frame,
 *       and its size is synced before a frame is written there. So a file whose frames come nearer
 *       to its end has been cut off.
 *   <li>A segment gets its name when its header and its first records are durable.
 * </ol>
 */
final class SegmentWriter implements Closeable {
  static final int MARGIN = Frame.BLOCK;

  private static final int PAGE = 4096;
  private static final int AGAIN = 256 << 10;

  private final SegmentFile file;
  private final SegmentHeader header;
  private final SegmentSizes sizes;
  private ByteBuffer batch = ByteBuffer.allocateDirect(16 << 10);
  private long written;
  private long size;

  private SegmentWriter(
      SegmentFile file, SegmentHeader header, SegmentSizes sizes, long written, long size) {
    this.file = file;
    this.header = header;
    this.sizes = sizes;
    this.written = written;
    this.size = size;
  }

  /** Begins a segment, which has no name before {@link #publish}. */
  static SegmentWriter create(Directory directory, SegmentHeader header, SegmentSizes sizes)
      throws IOException {
    SegmentFile file = directory.create(unfinished(header));
    SegmentWriter writer = new SegmentWriter(file, header, sizes, 0, 0);
    writer.batch.put(header.encode());
    return writer;
  }

  /** Goes on with a segment whose frames end here. */
  static SegmentWriter resume(
      Directory directory, SegmentHeader header, SegmentSizes sizes, long end) throws IOException {
    SegmentFile file = directory.open(SegmentName.of(header.number()));
    try {
      return new SegmentWriter(file, header, sizes, end, file.size());
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String unfinished(SegmentHeader header) {
    return SegmentName.of(header.number()) + SegmentName.UNFINISHED;
  }

  SegmentHeader header() {
    return header;
  }

  /** Adds a frame to the batch at hand, and says where it will stand. */
  long add(Frame.Kind kind, long sequence, long synced, byte[] payload) {
    long place = Frame.place(end());
    byte[] frame = Frame.encode(kind, sequence, synced, payload, header.salt(), place);
    int gap = (int) (place - end());
    reserve(gap + frame.length);
    for (int i = 0; i < gap; i++) {
      batch.put((byte) 0);
    }
    batch.put(frame);
    return place;
  }

  private long end() {
    return written + batch.position();
  }

  private void reserve(int more) {
    if (batch.remaining() < more) {
      int capacity = Math.max(batch.position() + more, batch.capacity() * 2);
      batch = ByteBuffer.allocateDirect(capacity).put(batch.flip());
    }
  }

  /** Writes the batch at hand, in one write. */
  void flush() throws IOException {
    long next = Frame.place(end());
    if (next + MARGIN > size) {
      long wanted = Math.min(next + sizes.aheadBytes(), sizes.segmentBytes());
      long larger = (Math.max(wanted, next + 2 * MARGIN) + PAGE - 1) / PAGE * PAGE;
      Zeros.write(file, size, larger);
      file.sync();
      size = larger;
    }
    batch.flip();
    file.write(batch, written);
    written += batch.limit();
    batch.clear();
  }

  void sync() throws IOException {
    file.sync();
  }

  /**
   * Makes durable what stands from here on. Writes it once more: if a sync has failed before, the
   * system may hold bytes that the disk does not, and believe them to be written.
   */
  void syncAgain(long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(AGAIN);
    for (long at = from; at < written; at += AGAIN) {
      bytes.clear().limit((int) Math.min(AGAIN, written - at));
      file.read(bytes, at);
      file.write(bytes.flip(), at);
    }
    file.sync();
  }

  /** Takes away what stands beyond the frames, and makes that durable. */
  void clearBeyond() throws IOException {
    Zeros.write(file, written, size);
    file.sync();
  }

  /** Says, durably, that nothing follows in this segment and that there is a next one. */
  void end(long nextSequence) throws IOException {
    add(Frame.Kind.END, nextSequence, nextSequence - 1, new byte[0]);
    flush();
    sync();
  }

  /** Makes the segment durable, with what was added to it, and gives it its name. */
  void publish(Directory directory) throws IOException {
    flush();
    sync();
    directory.rename(unfinished(header), SegmentName.of(header.number()));
    directory.sync();
  }

  /** Whether the next segment is due. */
  boolean isFull() {
    return written >= sizes.segmentBytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
