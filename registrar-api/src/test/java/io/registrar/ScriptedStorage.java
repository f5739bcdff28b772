package io.registrar;

import io.registrar.memory.InMemoryStorage;
import io.registrar.spi.Batch;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** The storage in memory, whose commits go wrong as a test asks, in the order in which it asks. */
final class ScriptedStorage implements Storage {
  final List<Batch> committed = Collections.synchronizedList(new ArrayList<>());
  final InMemoryStorage inner = new InMemoryStorage();
  private final Queue<Step> script = new ConcurrentLinkedQueue<>();
  private final Set<Capability> capabilities;
  private volatile boolean ignoresInterrupts;
  private volatile Gate confirming = openGate();
  private volatile Limits limits = new Limits(1 << 20, 4 << 20, 100_000);

  ScriptedStorage(Capability... capabilities) {
    this.capabilities = Set.of(capabilities);
  }

  /** What happens to one commit. */
  interface Step {
    long commit(StorageSession session, Batch batch, Duration timeout) throws StorageException;
  }

  /** The next commit that has no step yet does this. */
  ScriptedStorage then(Step step) {
    script.add(step);
    return this;
  }

  ScriptedStorage thenFail(StorageException failure) {
    return then(
        (session, batch, timeout) -> {
          throw failure;
        });
  }

  /** The next commit waits until the latch is open. */
  Gate thenWait() {
    Gate gate = new Gate();
    then(
        (session, batch, timeout) -> {
          gate.pass();
          return session.commit(batch, timeout);
        });
    return gate;
  }

  /** Confirmations wait from now on until the latch is open. */
  Gate confirmationsWait() {
    confirming = new Gate();
    return confirming;
  }

  private static Gate openGate() {
    Gate gate = new Gate();
    gate.open.countDown();
    return gate;
  }

  /** Its sessions may be driven by anybody. */
  ScriptedStorage ignoringInterrupts() {
    ignoresInterrupts = true;
    return this;
  }

  void limits(Limits now) {
    limits = now;
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Holds a commit. */
  static final class Gate {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    /** Says that it is reached, and waits until it is open. */
    void pass() {
      reached.countDown();
      awaitUninterruptibly(open);
    }
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    StorageSession session = inner.acquire(owner, floor, timeout);
    return new PassedOnSession(session) {
      @Override
      public long commit(Batch batch, Duration within) throws StorageException {
        Step step = script.poll();
        long version =
            step == null ? session.commit(batch, within) : step.commit(session, batch, within);
        committed.add(batch);
        return version;
      }

      @Override
      public void confirm(Duration within) throws StorageException {
        confirming.pass();
        session.confirm(within);
      }

      @Override
      public boolean ignoresInterrupts() {
        return ignoresInterrupts;
      }
    };
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
