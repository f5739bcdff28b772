package io.registrar.log.disk;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.RecordCodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads all segments of a directory in order, and tells the end of the log from damage. Goes on
 * behind what is damaged, so that everything that can be read is shown. Writes nothing.
 */
final class LogScan {
  /** Is shown what is found, in order. */
  interface Visitor {
    void segment(SegmentHeader header, long bytes) throws IOException;

    void found(StoredRecord stored);

    void damaged(DamagedPlace place);
  }

  /**
   * Where the log ends.
   *
   * @param end of the last frame in the last segment
   * @param unproven where the first frame of the last segment begins that no later frame says was
   *     synced; {@code end} if there is none
   * @param nextSequence for the next record
   * @param isBlankBeyond whether the last segment holds nothing but zeros after {@code end}
   * @param unclosed where frames end in a segment before the last one that does not say that
   *     another follows: the process ended when that one had just been begun
   */
  record Tail(
      long end,
      long unproven,
      long nextSequence,
      boolean isBlankBeyond,
      Optional<Unclosed> unclosed) {}

  /** Where frames end in a segment. */
  record Unclosed(long segment, long end, long nextSequence) {}

  private final Directory directory;
  private final Visitor visitor;
  private final TreeMap<Long, String> segments;
  private Tail tail = new Tail(SegmentHeader.SIZE, SegmentHeader.SIZE, 1, true, Optional.empty());
  private Optional<Unclosed> unclosed = Optional.empty();
  private final Deque<SegmentReader.Sighted> unproven = new ArrayDeque<>();
  private long expected;

  private LogScan(Directory directory, Visitor visitor) throws IOException {
    this.directory = directory;
    this.visitor = visitor;
    this.segments = SegmentName.in(directory);
  }

  /**
   * Reads everything. The tail means something only if nothing was damaged.
   *
   * @throws IncompatibleStoreException if something is whole, but not known to this program
   */
  static Tail of(Directory directory, Visitor visitor) throws IOException {
    LogScan scan = new LogScan(directory, visitor);
    scan.run();
    return scan.tail;
  }

  private void run() throws IOException {
    long previous = -1;
    for (Map.Entry<Long, String> segment : segments.entrySet()) {
      long number = segment.getKey();
      if (previous >= 0 && number != previous + 1) {
        damaged(number, 0, "the segment before it is missing");
        expected = 0;
      }
      Optional<SegmentReader> opened = SegmentReader.open(directory, segment.getValue());
      if (opened.isPresent()) {
        try (SegmentReader reader = opened.get()) {
          begin(reader);
          read(reader);
        }
      } else {
        damaged(number, 0, "the header of the segment has changed");
        expected = 0;
      }
      previous = number;
    }
  }

  private void begin(SegmentReader reader) throws IOException {
    SegmentHeader header = reader.header();
    visitor.segment(header, reader.size());
    if (expected != 0 && header.firstSequence() != expected) {
      damaged(
          header.number(),
          0,
          "record " + expected + " is missing before record " + header.firstSequence());
    }
    expected = header.firstSequence();
  }

  private void read(SegmentReader reader) throws IOException {
    long number = reader.header().number();
    unproven.clear();
    long at = SegmentHeader.SIZE;
    while (at >= 0) {
      Reading reading = reader.read(at, expected);
      if (reading instanceof Reading.Whole whole) {
        if (whole.frame().kind() == Frame.Kind.END) {
          if (isLast(number)) {
            damaged(number, whole.place(), "the segment that follows is missing");
          }
          return;
        }
        found(number, whole);
        prove(whole);
        at = whole.end();
      } else if (reading instanceof Reading.Damaged damage) {
        damaged(number, damage.place(), damage.what());
        at = goOnBehind(reader, damage.place());
      } else if (reading instanceof Reading.Missing missing) {
        if (isEnd(reader, missing.place())) {
          end(reader, at);
          return;
        }
        damaged(number, missing.place(), "record " + expected + ", which was synced, is lost");
        at = goOnBehind(reader, missing.place());
      }
    }
  }

  private void prove(Reading.Whole whole) {
    while (!unproven.isEmpty()
        && unproven.getFirst().frame().sequence() <= whole.frame().synced()) {
      unproven.removeFirst();
    }
    unproven.add(new SegmentReader.Sighted(whole.place(), whole.frame()));
  }

  private void end(SegmentReader reader, long at) throws IOException {
    long number = reader.header().number();
    if (isLast(number)) {
      long unprovenFrom = unproven.isEmpty() ? at : unproven.getFirst().place();
      tail = new Tail(at, unprovenFrom, expected, reader.isBlankFrom(at), unclosed);
    } else {
      unclosed = Optional.of(new Unclosed(number, at, expected));
    }
  }

  private boolean isLast(long number) {
    return number == segments.lastKey();
  }

  private void found(long number, Reading.Whole whole) throws IOException {
    try {
      visitor.found(
          new StoredRecord(
              number, whole.place(), expected, RecordCodec.decode(Bytes.of(whole.payload()))));
    } catch (MalformedException e) {
      throw new IncompatibleStoreException(
          directory.path(SegmentName.of(number))
              + " at byte "
              + whole.place()
              + " holds a record that this program does not know ("
              + e.getMessage()
              + "): start the version that wrote it, or a later one");
    }
    expected++;
  }

  /**
   * Whether records end here. In a segment that another follows, everything was synced: the
   * follower's first sequence says whether anything is missing.
   */
  private boolean isEnd(SegmentReader reader, long place) throws IOException {
    return !isLast(reader.header().number()) || reader.syncedAfter(place) < expected;
  }

  private long goOnBehind(SegmentReader reader, long place) throws IOException {
    Optional<SegmentReader.Sighted> next = reader.next(place + 1);
    expected = next.map(sighted -> sighted.frame().sequence()).orElse(0L);
    return next.map(SegmentReader.Sighted::place).orElse(-1L);
  }

  private void damaged(long number, long offset, String what) {
    visitor.damaged(new DamagedPlace(directory.path(SegmentName.of(number)), offset, what));
  }
}
