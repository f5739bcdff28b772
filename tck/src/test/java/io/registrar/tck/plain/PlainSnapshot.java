package io.registrar.tck.plain;

import io.registrar.spi.ClosedException;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A snapshot of a {@link PlainStorage}: a map of its own, walked by keys. */
public class PlainSnapshot implements Snapshot {
  private final PlainStorage storage;
  private final long version;
  private final long epoch;
  private final Header header;
  private final TreeMap<RecordKey, byte[]> records;
  private Map.@Nullable Entry<RecordKey, byte[]> next;
  private volatile boolean ended;

  public PlainSnapshot(
      PlainStorage storage,
      long version,
      long epoch,
      Header header,
      TreeMap<RecordKey, byte[]> records) {
    this.storage = storage;
    this.version = version;
    this.epoch = epoch;
    this.header = header;
    this.records = records;
    this.next = records.firstEntry();
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public Header header() {
    return header;
  }

  boolean isOver() {
    return ended || next == null;
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    synchronized (storage) {
      storage.requireOpen();
      if (ended) {
        throw new ClosedException("the snapshot of version " + version + " was closed");
      }
      Map.Entry<RecordKey, byte[]> given = next;
      if (given == null) {
        return Optional.empty();
      }
      next = records.higherEntry(given.getKey());
      return Optional.of(new StoredRecord(given.getKey(), storage.handOut(given.getValue())));
    }
  }

  @Override
  public void close() {
    ended = true;
  }
}
