package io.registrar.zookeeper;

import io.registrar.spi.ClosedException;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;

/** A state that was read whole before it was handed out. */
final class ReadSnapshot implements Snapshot {
  private final OpenCalls calls;
  private final Position at;
  private final Iterator<StoredRecord> records;
  private volatile boolean ended;

  ReadSnapshot(OpenCalls calls, Position at, Collection<StoredRecord> records) {
    this.calls = calls;
    this.at = at;
    this.records = records.iterator();
  }

  @Override
  public long version() {
    return at.version();
  }

  @Override
  public long epoch() {
    return at.epoch();
  }

  @Override
  public Header header() {
    return at.head().header();
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    try (OpenCalls.Call call = calls.begin()) {
      if (ended) {
        throw new ClosedException("the snapshot of version " + version() + " was closed");
      }
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    }
  }

  @Override
  public void close() {
    ended = true;
  }
}
