package io.registrar.log.disk;

import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.RecordCodec;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a store that is in order. Written by one thread; {@link #read} is for any.
 *
 * <ol>
 *   <li>Every segment but the last is synced in whole, and says that one follows it.
 *   <li>The segments are numbered without a gap, and so are the records in them.
 *   <li>A segment but the first begins with a checkpoint: of the segments before it, only entries
 *       are needed.
 * </ol>
 */
final class Segments implements AutoCloseable {
  private final Directory directory;
  private final MemberId member;
  private final SegmentSizes sizes;
  private final EntryIndex index;
  private final SecureRandom random = new SecureRandom();
  private @Nullable SegmentWriter current;
  private long first = 1;
  private long nextSequence = 1;
  private long syncedThrough;

  private Segments(Directory directory, MemberId member, SegmentSizes sizes, EntryIndex index) {
    this.directory = directory;
    this.member = member;
    this.sizes = sizes;
    this.index = index;
  }

  /** No segments yet: the first one is made by the first {@link #append}. */
  static Segments none(Directory directory, MemberId member, SegmentSizes sizes) {
    return new Segments(directory, member, sizes, new EntryIndex());
  }

  /** Goes on where a scan has found the end, and makes durable all that it has found. */
  static Segments goOn(
      Directory directory, Recovery.Found found, MemberId member, SegmentSizes sizes)
      throws IOException {
    Recovery recovery = found.recovery();
    LogScan.Tail tail = found.tail();
    Segments segments = new Segments(directory, member, sizes, recovery.index);
    SegmentWriter last =
        SegmentWriter.resume(
            directory, recovery.segments.lastEntry().getValue(), sizes, tail.end());
    segments.current = last;
    segments.first = recovery.segments.firstKey();
    segments.nextSequence = tail.nextSequence();
    segments.syncedThrough = tail.nextSequence() - 1;
    try {
      last.syncAgain(tail.unproven());
      if (!tail.isBlankBeyond()) {
        // Frames that were never synced: they must not come back behind those that follow now.
        last.clearBeyond();
      }
      if (tail.unclosed().isPresent()) {
        segments.closePredecessor(recovery, tail.unclosed().get());
      }
      directory.sync();
      return segments;
    } catch (IOException | RuntimeException e) {
      last.close();
      throw e;
    }
  }

  private void closePredecessor(Recovery recovery, LogScan.Unclosed unclosed) throws IOException {
    SegmentHeader header =
        Objects.requireNonNull(recovery.segments.get(unclosed.segment()), "a segment was read");
    try (SegmentWriter before = SegmentWriter.resume(directory, header, sizes, unclosed.end())) {
      before.clearBeyond();
      before.end(unclosed.nextSequence());
    }
  }

  void append(List<DurableRecord> records, Supplier<List<DurableRecord>> checkpoint)
      throws IOException {
    SegmentWriter writer = current;
    if (writer == null) {
      writer = begin(first, List.of());
      current = writer;
    }
    write(writer, records);
    if (writer.isFull()) {
      roll(writer, checkpoint.get());
    }
  }

  private SegmentWriter begin(long number, List<DurableRecord> checkpoint) throws IOException {
    SegmentHeader header = new SegmentHeader(member, number, nextSequence, random.nextLong());
    SegmentWriter writer = SegmentWriter.create(directory, header, sizes);
    try {
      write(writer, checkpoint);
      writer.publish(directory);
      syncedThrough = nextSequence - 1;
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private void write(SegmentWriter writer, List<DurableRecord> records) throws IOException {
    long[] places = new long[records.size()];
    for (int i = 0; i < places.length; i++) {
      byte[] payload = RecordCodec.encode(records.get(i)).toArray();
      places[i] = writer.add(Frame.Kind.RECORD, nextSequence + i, syncedThrough, payload);
    }
    writer.flush();
    long segment = writer.header().number();
    for (int i = 0; i < places.length; i++) {
      index.note(new StoredRecord(segment, places[i], nextSequence + i, records.get(i)));
    }
    nextSequence += places.length;
  }

  /** The records before come first, the checkpoint after them: it rests on them. */
  private void roll(SegmentWriter full, List<DurableRecord> checkpoint) throws IOException {
    full.sync();
    syncedThrough = nextSequence - 1;
    long following = nextSequence;
    current = begin(full.header().number() + 1, checkpoint);
    try (full) {
      full.end(following);
    }
  }

  void sync() throws IOException {
    if (current != null && syncedThrough < nextSequence - 1) {
      current.sync();
      syncedThrough = nextSequence - 1;
    }
  }

  /** Deletes the segments that a log which begins here does not need. */
  void truncate(Position begin) throws IOException {
    if (current == null) {
      return;
    }
    // What is deleted may have been written again, or said again, by what is not synced yet.
    sync();
    index.dropBelow(begin);
    long last = current.header().number();
    long keep = Math.min(last, index.firstSegment().orElse(last));
    while (first < keep) {
      directory.delete(SegmentName.of(first));
      // One by one: whatever a power loss leaves has no gap.
      directory.sync();
      first++;
    }
  }

  /** See {@link RecordStore#read}. */
  List<Entry> read(Position from, Position through, int most) throws IOException {
    try (EntryReads reads = new EntryReads(directory, index)) {
      return reads.read(from, through, most);
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
