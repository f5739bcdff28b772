package io.registrar.leveldb;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A session: what it knows is its epoch, and how it ended; the storage does the rest. */
final class LevelDbSession implements StorageSession {
  private final LevelDbStorage storage;
  private final LevelDbSnapshot snapshot;
  private final long floorVersion;
  private volatile @Nullable Refusal ending;

  LevelDbSession(LevelDbStorage storage, LevelDbSnapshot snapshot, long floorVersion) {
    this.storage = storage;
    this.floorVersion = floorVersion;
    this.snapshot = snapshot;
  }

  @Override
  public long epoch() {
    return snapshot.epoch();
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    return storage.commit(this, batch, timeout);
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    storage.confirm(this);
  }

  @Override
  public boolean ignoresInterrupts() {
    return storage.ignoresInterrupts();
  }

  @Override
  public void close() {
    storage.close(this);
    snapshot.close();
  }

  void endByClosing() {
    end(() -> new ClosedException("the session of epoch " + epoch() + " was closed"));
  }

  /** Ends it by a failure that later calls only refer to. */
  void endBy(StorageException failure) {
    end(() -> new ClosedException("the session of epoch " + epoch() + " is over", failure));
  }

  void requireSnapshotOver() throws StorageException {
    if (!snapshot.isOver()) {
      throw new IllegalStateException(
          "the snapshot at the fence must be exhausted or closed before the first commit");
    }
  }

  /** The first commit's version is beyond it. */
  long floorVersion() {
    return floorVersion;
  }

  /** The first reason stays. */
  synchronized void end(Refusal why) {
    if (ending == null) {
      ending = why;
    }
  }

  void requireGoingOn() throws StorageException {
    Refusal ended = ending;
    if (ended != null) {
      throw ended.exception();
    }
  }
}
