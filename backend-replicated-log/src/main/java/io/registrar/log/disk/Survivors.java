package io.registrar.log.disk;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.RecordCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records that a scan found whole, read anew from the files by each iterator, one at a time. To
 * be read to the end: until then a file is open.
 */
final class Survivors implements Iterable<DurableRecord> {
  private final Directory directory;
  private final List<SegmentHeader> segments;
  private final long nextSequence;

  /**
   * @param segments in order
   * @param nextSequence the first one that is not there
   */
  Survivors(Directory directory, Collection<SegmentHeader> segments, long nextSequence) {
    this.directory = directory;
    this.segments = List.copyOf(segments);
    this.nextSequence = nextSequence;
  }

  @Override
  public Iterator<DurableRecord> iterator() {
    return new Cursor();
  }

  private final class Cursor implements Iterator<DurableRecord> {
    private final Deque<SegmentHeader> left = new ArrayDeque<>(segments);
    private long sequence = segments.isEmpty() ? nextSequence : segments.get(0).firstSequence();
    private @Nullable SegmentReader reader;
    private long at;

    @Override
    public boolean hasNext() {
      return sequence < nextSequence;
    }

    @Override
    public DurableRecord next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        return read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private DurableRecord read() throws IOException {
      SegmentReader from = readerOf(sequence);
      Reading reading = from.read(at, sequence);
      if (!(reading instanceof Reading.Whole whole) || whole.frame().kind() != Frame.Kind.RECORD) {
        throw new IOException(
            "record "
                + sequence
                + " has gone from "
                + directory.path(SegmentName.of(from.header().number()))
                + " since the log was opened");
      }
      at = whole.end();
      sequence++;
      if (!hasNext()) {
        from.close();
      }
      try {
        return RecordCodec.decode(Bytes.of(whole.payload()));
      } catch (MalformedException e) {
        throw new IOException("record " + (sequence - 1) + " can no longer be read", e);
      }
    }

    private SegmentReader readerOf(long wanted) throws IOException {
      SegmentReader now = reader;
      while (!left.isEmpty() && left.getFirst().firstSequence() <= wanted) {
        if (now != null) {
          now.close();
        }
        String name = SegmentName.of(left.removeFirst().number());
        now =
            SegmentReader.open(directory, name)
                .orElseThrow(() -> new IOException(directory.path(name) + " has changed"));
        at = SegmentHeader.SIZE;
      }
      if (now == null) {
        throw new IOException("no segment holds record " + wanted);
      }
      reader = now;
      return now;
    }
  }
}
