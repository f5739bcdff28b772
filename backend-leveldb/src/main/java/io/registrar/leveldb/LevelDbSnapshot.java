package io.registrar.leveldb;

import io.registrar.leveldb.GuardedDatabase.EngineException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A state as LevelDB's iterator shows it: the head is its first entry, records are all others. */
final class LevelDbSnapshot implements Snapshot {
  private final OpenStore store;
  private final GuardedDatabase.Cursor cursor;
  private final Head head;
  private volatile boolean exhausted;

  private LevelDbSnapshot(OpenStore store, GuardedDatabase.Cursor cursor, Head head) {
    this.store = store;
    this.cursor = cursor;
    this.head = head;
  }

  /**
   * @throws DamagedException if the head is missing or not as it was written
   */
  static LevelDbSnapshot open(OpenStore store, GuardedDatabase database) throws StorageException {
    try {
      GuardedDatabase.Cursor cursor = database.cursor();
      LevelDbSnapshot snapshot = null;
      try {
        snapshot = new LevelDbSnapshot(store, cursor, readHead(store, cursor.next()));
        return snapshot;
      } finally {
        if (snapshot == null) {
          cursor.close();
        }
      }
    } catch (EngineException e) {
      throw unreadable(store, e);
    }
  }

  private static Head readHead(OpenStore store, Optional<Map.Entry<byte[], byte[]>> first)
      throws DamagedException {
    if (first.isEmpty()) {
      return Head.NONE;
    }
    byte[] key = first.get().getKey();
    try {
      if (!Arrays.equals(key, Entries.HEAD_KEY)) {
        throw new IllegalArgumentException("no head before its records");
      }
      return Head.decode(Entries.unseal(key, first.get().getValue()));
    } catch (IllegalArgumentException e) {
      throw store.damaged(
          "the tables in " + store.directory() + " are damaged: they have " + e.getMessage(), e);
    }
  }

  private static DamagedException unreadable(OpenStore store, EngineException e) {
    return store.damaged(
        "LevelDB cannot read what it has stored in "
            + store.directory()
            + " ("
            + e.getMessage()
            + ")",
        e);
  }

  Head head() {
    return head;
  }

  /** Whether it was closed, or nothing is left to read; it holds nothing of the engine then. */
  boolean isOver() throws StorageException {
    try {
      if (!exhausted && !cursor.isClosed() && !cursor.hasNext()) {
        finish();
      }
    } catch (EngineException e) {
      throw unreadable(store, e);
    }
    return exhausted || cursor.isClosed();
  }

  private void finish() {
    exhausted = true;
    cursor.close();
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

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    if (exhausted) {
      return Optional.empty();
    }
    try {
      Optional<Map.Entry<byte[], byte[]>> entry = cursor.next();
      if (entry.isEmpty()) {
        finish();
        return Optional.empty();
      }
      return Optional.of(record(entry.get()));
    } catch (EngineException e) {
      throw unreadable(store, e);
    }
  }

  private StoredRecord record(Map.Entry<byte[], byte[]> entry) throws DamagedException {
    byte[] key = entry.getKey();
    try {
      return new StoredRecord(Entries.recordKey(key), Entries.unseal(key, entry.getValue()));
    } catch (IllegalArgumentException e) {
      throw store.damaged(
          "the tables in "
              + store.directory()
              + " are damaged: under the key '"
              + new String(key, StandardCharsets.UTF_8).replace('\0', '/')
              + "' they have "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}
