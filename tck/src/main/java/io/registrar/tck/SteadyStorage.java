package io.registrar.tck;

import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import java.time.Duration;
import java.util.Set;

/**
 * A storage whose sessions are {@link SteadySession}s: for rules that are not about failed commits,
 * so that a storage which fails honestly now and then is not taken for a broken one.
 */
final class SteadyStorage implements Storage {
  private final Storage storage;

  SteadyStorage(Storage storage) {
    this.storage = storage;
  }

  @Override
  public Limits limits() {
    return storage.limits();
  }

  @Override
  public Set<Capability> capabilities() {
    return storage.capabilities();
  }

  @Override
  public SteadySession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    return new SteadySession(storage, owner, floor, storage.acquire(owner, floor, timeout));
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    return storage.read(timeout);
  }

  @Override
  public Election election() throws StorageException {
    return storage.election();
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    return storage.changes(afterVersion);
  }

  @Override
  public void close() {
    storage.close();
  }
}
