package io.registrar.log.disk;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.RecordCodec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads entries by their position, for one caller. Each is checked again. */
final class EntryReads implements AutoCloseable {
  private final Directory directory;
  private final EntryIndex index;
  private @Nullable SegmentReader reader;

  EntryReads(Directory directory, EntryIndex index) {
    this.directory = directory;
    this.index = index;
  }

  /** See {@link RecordStore#read}. */
  List<Entry> read(Position from, Position through, int most) throws IOException {
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    Position position = from;
    while (!position.isAfter(through) && (entries.isEmpty() || bytes < most)) {
      Optional<EntryIndex.Location> found = index.find(position);
      if (found.isEmpty()) {
        if (entries.isEmpty()) {
          throw new IOException("the entry at " + position + " is not in " + directory.path(""));
        }
        break;
      }
      Reading.Whole whole = whole(found.get(), position);
      entries.add(entry(whole, position, found.get()));
      bytes += whole.payload().length;
      position = position.next();
    }
    return entries;
  }

  private Reading.Whole whole(EntryIndex.Location location, Position position) throws IOException {
    Reading reading;
    try {
      reading = readerOf(location.segment()).readAt(location.offset());
    } catch (NoSuchFileException e) {
      String what =
          index.find(position).isPresent() ? "its file is missing" : "it has just been cut off";
      throw new IOException("the entry at " + position + " is gone: " + what, e);
    }
    if (reading instanceof Reading.Whole whole) {
      return whole;
    }
    throw damaged(location, reading instanceof Reading.Damaged it ? it.what() : "it is gone");
  }

  private Entry entry(Reading.Whole whole, Position position, EntryIndex.Location location)
      throws IOException {
    DurableRecord durable;
    try {
      durable = RecordCodec.decode(Bytes.of(whole.payload()));
    } catch (MalformedException e) {
      throw damaged(location, "it cannot be read: " + e.getMessage());
    }
    if (durable instanceof DurableRecord.Accepted it && it.position().equals(position)) {
      return it.vote().entry();
    } else if (durable instanceof DurableRecord.Learned it && it.position().equals(position)) {
      return it.entry();
    } else if (durable instanceof DurableRecord.Staged it && it.position().equals(position)) {
      return it.entry();
    }
    throw damaged(location, "it is not the entry at " + position);
  }

  private IOException damaged(EntryIndex.Location location, String what) {
    return new IOException(
        "the record in "
            + directory.path(SegmentName.of(location.segment()))
            + " at byte "
            + location.offset()
            + " is damaged: "
            + what);
  }

  private SegmentReader readerOf(long segment) throws IOException {
    SegmentReader now = reader;
    if (now == null || now.header().number() != segment) {
      close();
      String name = SegmentName.of(segment);
      now =
          SegmentReader.open(directory, name)
              .orElseThrow(
                  () -> new IOException("the header of " + directory.path(name) + " has changed"));
      reader = now;
    }
    return now;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
