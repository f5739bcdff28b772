package io.registrar.example.mvstore;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A session: its epoch, which the storage compares with the head's. */
final class MvStoreSession implements StorageSession {
  private final MvStoreStorage storage;
  private final long epoch;
  private final long floor;
  private final MvStoreSnapshot snapshot;
  private @Nullable CommitUnknownException unknown;
  private volatile boolean closed;

  MvStoreSession(MvStoreStorage storage, long epoch, long floor, MvStoreSnapshot snapshot) {
    this.storage = storage;
    this.epoch = epoch;
    this.floor = floor;
    this.snapshot = snapshot;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  long floor() {
    return floor;
  }

  @Override
  public MvStoreSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    requireOpen();
    if (!snapshot.isOver()) {
      throw new IllegalStateException("the session's snapshot is neither exhausted nor closed");
    }
    try {
      return storage.take(() -> storage.commit(this, batch));
    } catch (CommitUnknownException e) {
      unknown = e;
      throw e;
    }
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    requireOpen();
    storage.take(() -> storage.requireLatest(this));
  }

  private void requireOpen() throws ClosedException {
    if (closed || unknown != null) {
      throw new ClosedException("the session of epoch " + epoch + " is over", unknown);
    }
  }

  @Override
  public void close() {
    closed = true;
    snapshot.close();
  }
}
