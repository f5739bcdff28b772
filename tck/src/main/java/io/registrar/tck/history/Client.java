package io.registrar.tck.history;

import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One client: acquires, commits, reads, confirms and gives up, as its random numbers say. */
final class Client implements Callable<Void> {
  private static final int FAULT_ONE_IN = 60;
  private static final Duration SHORT = Duration.ofNanos(100_000);

  private static final int ATTEMPTS = 50;

  /** What befalls a commit. */
  private enum Fault {
    NONE,
    INTERRUPT,
    SHORT_TIMEOUT
  }

  private final int number;
  private final Storage storage;
  private final Random random;
  private final AtomicInteger callsLeft;
  private final AtomicInteger operations;
  private final Recorder recorder;
  private final Duration timeout;
  private final int acquireOneIn;
  private @Nullable StorageSession session;
  private long known;

  Client(int number, Storage storage, Random random, Workload workload) {
    this.number = number;
    this.storage = storage;
    this.random = random;
    this.callsLeft = workload.callsLeft();
    this.operations = workload.operations();
    this.recorder = workload.recorder();
    this.timeout = workload.timeout();
    this.acquireOneIn = workload.acquireOneIn();
  }

  @Override
  public Void call() throws StorageException {
    while (callsLeft.getAndDecrement() > 0) {
      StorageSession held = session;
      if (held == null) {
        withoutSession();
      } else {
        withSession(held);
      }
    }
    return null;
  }

  /** Acquires and commits until a commit is acknowledged. */
  void commitAcknowledged() throws StorageException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      acquire();
      StorageSession held = session;
      if (held != null && commit(held, Fault.NONE)) {
        return;
      }
    }
    throw new AssertionError("none of " + ATTEMPTS + " commits was acknowledged");
  }

  private void withoutSession() throws StorageException {
    if (random.nextInt(acquireOneIn) == 0) {
      acquire();
    } else {
      read();
    }
  }

  private void withSession(StorageSession held) throws StorageException {
    int what = random.nextInt(100);
    if (what < 75) {
      commit(held);
    } else if (what < 92) {
      read();
    } else if (what < 96) {
      confirm(held);
    } else if (what < 98) {
      acquire();
    } else {
      held.close();
      session = null;
    }
  }

  private void acquire() throws StorageException {
    long invoked = System.nanoTime();
    session = null;
    try {
      StorageSession taken = storage.acquire("client-" + number, Floor.NONE, timeout);
      State fence = State.of(taken.snapshot());
      recorder.ended(
          new Call.Acquired(number, invoked, System.nanoTime(), taken.epoch(), fence.seen()));
      known = fence.version();
      session = taken;
    } catch (UnavailableException | FencedException e) {
      recorder.ended(new Call.AcquireFailed(number, invoked, System.nanoTime()));
    }
  }

  private void read() throws StorageException {
    long invoked = System.nanoTime();
    try {
      State state = State.of(storage.read(timeout));
      recorder.ended(new Call.Read(number, invoked, System.nanoTime(), state.seen()));
    } catch (UnavailableException allowed) {
      // A read that tells nothing is nothing to check.
      Thread.onSpinWait();
    }
  }

  private void confirm(StorageSession held) throws StorageException {
    try {
      held.confirm(timeout);
    } catch (FencedException e) {
      session = null;
    } catch (UnavailableException e) {
      read();
    }
  }

  private void commit(StorageSession held) throws StorageException {
    int fault = random.nextInt(FAULT_ONE_IN);
    commit(held, fault == 0 ? Fault.INTERRUPT : fault == 1 ? Fault.SHORT_TIMEOUT : Fault.NONE);
  }

  /** Whether it was acknowledged. */
  private boolean commit(StorageSession held, Fault fault) throws StorageException {
    int op = operations.incrementAndGet();
    Call.Commit begun =
        new Call.Commit(
            number,
            held.epoch(),
            op,
            known,
            System.nanoTime(),
            Call.NEVER,
            Call.Outcome.UNKNOWN,
            0);
    recorder.begun(begun);
    if (fault == Fault.INTERRUPT) {
      Thread.currentThread().interrupt();
    }
    try {
      known =
          held.commit(Operation.batch(op, known), fault == Fault.SHORT_TIMEOUT ? SHORT : timeout);
      ended(begun, Call.Outcome.COMMITTED, known);
      return true;
    } catch (UnavailableException e) {
      ended(begun, Call.Outcome.NO_EFFECT, 0);
    } catch (FencedException e) {
      session = null;
      ended(begun, Call.Outcome.FENCED, 0);
    } catch (CommitUnknownException e) {
      session = null;
      ended(begun, Call.Outcome.UNKNOWN, 0);
    } finally {
      // The fault is over; what the storage does with the flag is rule 5.2's.
      Thread.interrupted();
    }
    return false;
  }

  private void ended(Call.Commit begun, Call.Outcome outcome, long version) {
    recorder.ended(
        new Call.Commit(
            number,
            begun.epoch(),
            begun.op(),
            begun.base(),
            begun.invoked(),
            System.nanoTime(),
            outcome,
            version));
  }
}
