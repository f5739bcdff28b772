package io.registrar;

import io.registrar.spi.Batch;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;

/** Hands all calls on, but for those that a test's storage answers itself. */
class PassedOnSession implements StorageSession {
  private final StorageSession session;

  PassedOnSession(StorageSession session) {
    this.session = session;
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
  public long commit(Batch batch, Duration within) throws StorageException {
    return session.commit(batch, within);
  }

  @Override
  public void confirm(Duration within) throws StorageException {
    session.confirm(within);
  }

  @Override
  public boolean ignoresInterrupts() {
    return session.ignoresInterrupts();
  }

  @Override
  public void close() {
    session.close();
  }
}
