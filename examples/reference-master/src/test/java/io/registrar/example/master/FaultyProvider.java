package io.registrar.example.master;

import io.registrar.memory.InMemoryStorageProvider;
import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** {@code --registry=faulty}: memory that claims to be durable, and whose commits can be spoilt. */
final class FaultyProvider implements StorageProvider {
  /** Happens before each commit. */
  @FunctionalInterface
  interface Fault {
    void strike() throws StorageException;
  }

  static final Fault NONE = () -> {};

  /** The least that a storage may offer. */
  private static final Limits LIMITS = new Limits(256 << 10, 512 << 10, 4_000);

  private final StorageProvider memory = new InMemoryStorageProvider();
  private final AtomicReference<Fault> fault = new AtomicReference<>(NONE);

  /** From now on this happens before each commit. */
  void strike(Fault next) {
    fault.set(next);
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public String description() {
    return "memory that fails when told to";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(StorageOption.duration("faulty_delay", "Not used.").orElse("1secs"));
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    return new FaultyStorage(memory.open(settings, timeout));
  }

  private final class FaultyStorage implements Storage {
    private final Storage inner;

    FaultyStorage(Storage inner) {
      this.inner = inner;
    }

    @Override
    public Limits limits() {
      return LIMITS;
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.DURABLE);
    }

    @Override
    public StorageSession acquire(String owner, Floor floor, Duration timeout)
        throws StorageException {
      return new FaultySession(inner.acquire(owner, floor, timeout));
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

  private final class FaultySession implements StorageSession {
    private final StorageSession inner;

    FaultySession(StorageSession inner) {
      this.inner = inner;
    }

    @Override
    public long epoch() {
      return inner.epoch();
    }

    @Override
    public Snapshot snapshot() {
      return inner.snapshot();
    }

    @Override
    public long commit(Batch batch, Duration timeout) throws StorageException {
      fault.get().strike();
      return inner.commit(batch, timeout);
    }

    @Override
    public void confirm(Duration timeout) throws StorageException {
      inner.confirm(timeout);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
