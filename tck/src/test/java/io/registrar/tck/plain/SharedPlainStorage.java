package io.registrar.tck.plain;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.Floor;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Set;

/**
 * A plain storage that several processes have open at once: each step begins with what is there.
 */
public class SharedPlainStorage extends PlainStorage {
  private final PlainStore files;

  public SharedPlainStorage(PlainStore files) throws StorageException {
    super(files);
    this.files = files;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DURABLE, Capability.SHARED);
  }

  @Override
  public synchronized StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    return untilNobodyWasFaster(() -> super.acquire(owner, floor, timeout));
  }

  @Override
  protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
    return untilNobodyWasFaster(() -> super.commit(by, batch));
  }

  @Override
  protected synchronized void confirm(PlainSession by) throws StorageException {
    load(files);
    super.confirm(by);
  }

  @Override
  public synchronized Snapshot read(Duration timeout) throws StorageException {
    load(files);
    return super.read(timeout);
  }

  /** One step on what is there now. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws StorageException;
  }

  private <T> T untilNobodyWasFaster(Step<T> step) throws StorageException {
    while (true) {
      load(files);
      try {
        return step.take();
      } catch (UnavailableException e) {
        if (!(e.getCause() instanceof FileAlreadyExistsException)) {
          throw e;
        }
      }
    }
  }
}
