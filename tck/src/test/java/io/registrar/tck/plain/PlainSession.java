package io.registrar.tck.plain;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A session of a {@link PlainStorage}. */
public final class PlainSession implements StorageSession {
  private final PlainStorage storage;
  private final long epoch;
  private final long floor;
  private final PlainSnapshot snapshot;
  private volatile boolean ended;
  private volatile @Nullable CommitUnknownException inDoubt;

  PlainSession(PlainStorage storage, long epoch, long floor, PlainSnapshot snapshot) {
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
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    requireOpen();
    if (!snapshot.isOver()) {
      throw new IllegalStateException("the snapshot at the fence is still open");
    }
    try {
      return storage.commit(this, timeout, batch);
    } catch (CommitUnknownException e) {
      storage.end(this, e);
      throw e;
    }
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    requireOpen();
    storage.confirm(this);
  }

  void end(CommitUnknownException after) {
    inDoubt = after;
  }

  private void requireOpen() throws ClosedException {
    CommitUnknownException first = inDoubt;
    if (first != null) {
      throw new ClosedException("the session of epoch " + epoch + " is over", first);
    }
    if (ended) {
      throw new ClosedException("the session of epoch " + epoch + " was closed");
    }
  }

  @Override
  public void close() {
    ended = true;
    snapshot.close();
  }
}
