package io.registrar.example.master;

import io.registrar.memory.InMemoryStorageProvider;
import io.registrar.spi.Candidate;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Leadership;
import io.registrar.spi.Limits;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code --registry=electing}: one registry in memory for all masters of a test, who elect one of
 * them; the test can depose it, and cut all of them off.
 */
final class ElectingProvider implements StorageProvider {
  private final Throne throne = new Throne();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
  private final AtomicBoolean away = new AtomicBoolean();
  private final Storage shared;

  ElectingProvider() throws StorageException {
    StorageProvider memory = new InMemoryStorageProvider();
    shared =
        memory.open(
            StorageSettings.read(memory, RegistryName.DEFAULT, Path.of("."), Map.of()),
            Duration.ofSeconds(1));
  }

  /** Who leads. */
  Throne throne() {
    return throne;
  }

  /** From now on the engine cannot be reached, or can be again. */
  void cutOff(boolean from) {
    away.set(from);
  }

  /** From now on takeovers wait for this latch. */
  void holdTakeovers(CountDownLatch until) {
    gate.set(until);
  }

  @Override
  public String name() {
    return "electing";
  }

  @Override
  public String description() {
    return "memory that all masters of this process share";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of();
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) {
    return new View();
  }

  private void reach() throws UnavailableException {
    if (away.get()) {
      throw new UnavailableException("the engine is away");
    }
  }

  /** One master's way to what all share. */
  private final class View implements Storage, Election {
    @Override
    public Limits limits() {
      return shared.limits();
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.SHARED, Capability.ELECTION);
    }

    @Override
    public StorageSession acquire(String owner, Floor floor, Duration timeout)
        throws StorageException {
      try {
        gate.get().await();
      } catch (InterruptedException e) {
        throw new UnavailableException("interrupted", e);
      }
      reach();
      return shared.acquire(owner, floor, timeout);
    }

    @Override
    public Snapshot read(Duration timeout) throws StorageException {
      reach();
      return shared.read(timeout);
    }

    @Override
    public Election election() {
      return this;
    }

    @Override
    public Optional<Leadership> campaign(Candidate candidate, Duration timeout)
        throws StorageException {
      reach();
      Optional<Leadership> won = throne.ascend(candidate, timeout);
      if (away.get()) { // nobody wins a lease that cannot be reached
        won.ifPresent(Leadership::resign);
      }
      reach();
      return won;
    }

    @Override
    public Optional<Candidate> leader(Duration timeout) throws StorageException {
      reach();
      return throne.holder();
    }

    @Override
    public ChangeFeed changes(long afterVersion) throws StorageException {
      return shared.changes(afterVersion);
    }

    @Override
    public Map<String, Long> gauges() {
      return Map.of("timeline", 7L);
    }

    @Override
    public void close() {
      // What all share outlives each of them.
    }
  }
}
