package io.registrar.failover;

import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import java.util.Set;

/** A storage that takes no more at once than every storage must. */
record NarrowStorage(Storage inner) implements Storage {
  @Override
  public Limits limits() {
    return Limits.LEAST;
  }

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    return inner.acquire(owner, floor, timeout);
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    return inner.read(timeout);
  }

  @Override
  public Election election() throws StorageException {
    return inner.election();
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    return inner.changes(afterVersion);
  }

  @Override
  public void close() {
    inner.close();
  }
}
