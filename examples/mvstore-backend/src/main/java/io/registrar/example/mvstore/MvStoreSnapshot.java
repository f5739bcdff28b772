package io.registrar.example.mvstore;

import io.registrar.spi.ClosedException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;

/** A snapshot: a cursor over pages that MVStore keeps for as long as their version is in use. */
final class MvStoreSnapshot implements Snapshot {
  private static final int AHEAD_BYTES = 1 << 18;

  private final MvStoreStorage storage;
  private final Engine engine;
  private final Engine.Head head;
  private final MVStore.TxCounter use;
  private final Cursor<String, byte[]> cursor;
  private final Deque<StoredRecord> ahead = new ArrayDeque<>();
  private volatile boolean exhausted;
  private volatile boolean closed;

  MvStoreSnapshot(MvStoreStorage storage, Engine engine) throws StorageException {
    this.storage = storage;
    this.engine = engine;
    head = engine.head();
    use = engine.store.registerVersionUsage();
    cursor = engine.records.cursor(null);
  }

  @Override
  public long version() {
    return head.version();
  }

  @Override
  public long epoch() {
    return head.epoch();
  }

  @Override
  public Header header() {
    return head.header();
  }

  boolean isOver() {
    return closed || exhausted && ahead.isEmpty();
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    if (closed) {
      throw new ClosedException("the snapshot of version " + version() + " was closed");
    }
    if (ahead.isEmpty() && !exhausted) {
      exhausted = storage.take(this::readAhead);
    }
    return Optional.ofNullable(ahead.poll());
  }

  /** A step: the next records, up to some bytes; answers whether they were the last. */
  private boolean readAhead() throws StorageException {
    storage.requireWhole();
    try {
      for (int bytes = 0; bytes < AHEAD_BYTES && cursor.hasNext(); ) {
        String name = cursor.next();
        int slash = name.indexOf('/');
        RecordKey key = new RecordKey(name.substring(0, slash), name.substring(slash + 1));
        StoredRecord record = new StoredRecord(key, cursor.getValue().clone());
        ahead.add(record);
        bytes += record.countedBytes();
      }
      return !cursor.hasNext();
    } catch (RuntimeException e) {
      throw new DamagedException("a record of version " + version() + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      storage.take(
          () -> {
            storage.forget(this);
            return true;
          });
    } catch (StorageException closedBefore) {
      // The storage has ended all of its snapshots.
      closed = true;
    }
  }

  /** Called once, by the storage. */
  void release() {
    closed = true;
    engine.store.deregisterVersionUsage(use);
  }
}
