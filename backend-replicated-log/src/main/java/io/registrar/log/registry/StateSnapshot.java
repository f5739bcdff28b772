package io.registrar.log.registry;

import io.registrar.spi.ClosedException;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** A state, handed out record by record; it is in memory, and holds nothing of the log. */
final class StateSnapshot implements Snapshot {
  private final RegistryState state;
  private final Gate gate;
  private final Iterator<Map.Entry<RecordKey, byte[]>> records;
  private volatile boolean closed;

  StateSnapshot(RegistryState state, Gate gate) {
    this.state = state;
    this.gate = gate;
    this.records = state.records().iterator();
  }

  @Override
  public long version() {
    return state.version();
  }

  @Override
  public long epoch() {
    return state.epoch();
  }

  @Override
  public Header header() {
    return state.header();
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    gate.requireOpen();
    if (closed) {
      throw new ClosedException("the snapshot of version " + version() + " was closed");
    }
    if (!records.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<RecordKey, byte[]> next = records.next();
    return Optional.of(new StoredRecord(next.getKey(), next.getValue().clone()));
  }

  boolean isOver() {
    return closed || !records.hasNext();
  }

  @Override
  public void close() {
    closed = true;
  }
}
