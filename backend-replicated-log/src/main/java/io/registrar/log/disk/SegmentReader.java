package io.registrar.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the frames of one segment, each by its place. Driven by one thread. */
final class SegmentReader implements Closeable {
  private final SegmentFile file;
  private final SegmentHeader header;
  private final Window window;

  private SegmentReader(SegmentFile file, SegmentHeader header, Window window) {
    this.file = file;
    this.header = header;
    this.window = window;
  }

  /**
   * Opens a segment; empty if its header is damaged.
   *
   * @throws IncompatibleStoreException if it is of another format
   */
  static Optional<SegmentReader> open(Directory directory, String name) throws IOException {
    SegmentFile file = directory.openToRead(name);
    try {
      Window window = new Window(file);
      byte[] head = window.bytes(0, SegmentHeader.SIZE);
      Optional<SegmentReader> reader =
          SegmentHeader.decode(head, directory.path(name))
              .filter(header -> SegmentName.of(header.number()).equals(name))
              .map(header -> new SegmentReader(file, header, window));
      if (reader.isEmpty()) {
        file.close();
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  SegmentHeader header() {
    return header;
  }

  long size() {
    return window.size();
  }

  /**
   * Reads the frame that begins where its predecessor ended.
   *
   * @param sequence that it must have
   */
  Reading read(long end, long sequence) throws IOException {
    long place = Frame.place(end);
    if (place + SegmentWriter.MARGIN > size()) {
      return new Reading.Damaged(place, "the file is cut off: it has " + size() + " bytes");
    }
    byte[] head = window.bytes(place, Frame.HEADER);
    Optional<Frame> found = Frame.header(head, header.salt(), place);
    if (found.isEmpty()) {
      return Frame.isHeaderCutOff(head)
          ? new Reading.Missing(place)
          : new Reading.Damaged(place, "the header of record " + sequence + " has changed");
    }
    Frame frame = found.get();
    if (frame.sequence() != sequence) {
      return new Reading.Damaged(
          place, "record " + frame.sequence() + " stands in the place of record " + sequence);
    }
    if (place + frame.size() > size()) {
      return new Reading.Damaged(place, "the file is cut off: it has " + size() + " bytes");
    }
    return payload(frame, place);
  }

  /** Reads the frame at a place where one was written, whatever its sequence. */
  Reading readAt(long place) throws IOException {
    byte[] head = window.bytes(place, Frame.HEADER);
    if (head.length == Frame.HEADER) {
      Optional<Frame> found = Frame.header(head, header.salt(), place);
      if (found.isPresent() && place + found.get().size() <= size()) {
        return payload(found.get(), place);
      }
    }
    return new Reading.Damaged(place, "its header has changed");
  }

  private Reading payload(Frame frame, long place) throws IOException {
    byte[] bytes = window.bytes(place, frame.size());
    if (frame.isWhole(bytes, header.salt())) {
      byte[] payload = new byte[frame.length()];
      System.arraycopy(bytes, Frame.HEADER, payload, 0, payload.length);
      return new Reading.Whole(frame, place, payload);
    }
    return frame.isTorn(bytes, place)
        ? new Reading.Missing(place)
        : new Reading.Damaged(place, "record " + frame.sequence() + " has changed");
  }

  /** A header that is whole, and where. */
  record Sighted(long place, Frame frame) {}

  /** The first frame at or after a place that has a whole header. */
  Optional<Sighted> next(long from) throws IOException {
    for (long place = Frame.place(from);
        place + Frame.HEADER <= size();
        place = Frame.place(place + 1)) {
      byte[] head = window.bytes(place, Frame.HEADER);
      if (!Frame.isHeaderCutOff(head)) {
        Optional<Frame> frame = Frame.header(head, header.salt(), place);
        if (frame.isPresent()) {
          return Optional.of(new Sighted(place, frame.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** The highest sequence that any frame after a place says was synced; 0 if there is none. */
  long syncedAfter(long place) throws IOException {
    long synced = 0;
    Optional<Sighted> later = next(place + 1);
    while (later.isPresent()) {
      synced = Math.max(synced, later.get().frame().synced());
      later = next(later.get().place() + 1);
    }
    return synced;
  }

  /** Whether every byte from here to the end of the file is zero. */
  boolean isBlankFrom(long from) throws IOException {
    int step = 64 << 10;
    for (long at = from; at < size(); at += step) {
      byte[] bytes = window.bytes(at, step);
      if (!Zeros.only(bytes, 0, bytes.length)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
