package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Floor;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.time.Duration;

/**
 * A session as a patient caller keeps it. A commit that certainly had no effect is made again.
 * After one whose outcome is unknown the registry is acquired again, and the version at the new
 * fence tells whether it took effect. Fits where nobody else commits beside it.
 */
final class SteadySession implements StorageSession {
  private static final int ATTEMPTS = 3;

  private final Storage storage;
  private final String owner;
  private Floor floor;
  private volatile StorageSession session;
  private long version;

  SteadySession(Storage storage, String owner, Floor floor, StorageSession session)
      throws StorageException {
    this.storage = storage;
    this.owner = owner;
    this.floor = floor;
    this.session = session;
    this.version = session.snapshot().version();
  }

  /** The storage's own session of now, which fails as it fails. */
  StorageSession bare() {
    return session;
  }

  @Override
  public long epoch() {
    return session.epoch();
  }

  @Override
  public Snapshot snapshot() {
    return session.snapshot();
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    for (int attempt = 1; ; attempt++) {
      try {
        version = session.commit(batch, timeout);
        floor = Floor.NONE;
        return version;
      } catch (UnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (CommitUnknownException e) {
        if (tookEffect(timeout)) {
          floor = Floor.NONE;
          return version;
        } else if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private boolean tookEffect(Duration timeout) throws StorageException {
    session = storage.acquire(owner, floor, timeout);
    long before = version;
    try (Snapshot fence = session.snapshot()) {
      version = fence.version();
    }
    return version != before;
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    session.confirm(timeout);
  }

  @Override
  public void close() {
    session.close();
  }
}
