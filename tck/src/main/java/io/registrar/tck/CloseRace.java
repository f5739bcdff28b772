package io.registrar.tck;

import io.registrar.spi.Capability;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that closes a storage beside a thread that commits and one that reads, again and again,
 * and says {@code ok} at the end. A process of its own, so that a crash is seen as one.
 */
public final class CloseRace {
  private static final int ROUNDS = 25;
  private static final int BEFORE_CLOSING = 5;
  private static final Duration BEGIN = Duration.ofSeconds(60);

  private final StorageTarget target;
  private final Markers markers = new Markers(200);

  private CloseRace(StorageTarget target) {
    this.target = target;
  }

  /**
   * Races on one registry.
   *
   * @param arguments a target, as {@link StorageTarget} writes it
   */
  public static void main(String[] arguments) throws Exception {
    CloseRace race = new CloseRace(StorageTarget.fromArguments(List.of(arguments)));
    int last = 0;
    for (int round = 0; round < ROUNDS; round++) {
      last = race.run(new Random(round), last);
    }
    System.out.println("ok");
  }

  /** One round; answers the number of the last batch that is there after it. */
  private int run(Random random, int last) throws Exception {
    Storage storage = target.openSteadily();
    boolean durable = storage.capabilities().contains(Capability.DURABLE);
    int first = durable ? last + 1 : 1;
    AtomicInteger acknowledged = new AtomicInteger(first - 1);
    AtomicBoolean closed = new AtomicBoolean();
    try (Workers workers = new Workers()) {
      Future<Void> writer = workers.start(() -> write(storage, acknowledged, closed));
      Future<Void> reader = workers.start(() -> read(storage, closed));
      Deadline.after(BEGIN)
          .await(
              "some commits are acknowledged",
              () -> acknowledged.get() >= first - 1 + BEFORE_CLOSING || writer.isDone());
      // The instant is the fault itself: anywhere in a commit or a read.
      LockSupport.parkNanos(random.nextInt(3_000_000));
      storage.close();
      closed.set(true);
      Workers.result(writer);
      Workers.result(reader);
    }
    return durable ? mustHold(acknowledged.get()) : 0;
  }

  private Void write(Storage storage, AtomicInteger acknowledged, AtomicBoolean closed)
      throws StorageException {
    StorageSession session = RegistryUnderTest.lead(storage);
    try {
      while (!closed.get()) {
        int n = acknowledged.get() + 1;
        RegistryUnderTest.commit(session, markers.batch(n));
        acknowledged.set(n);
      }
      RegistryUnderTest.commit(session, markers.batch(acknowledged.get() + 1));
      throw new AssertionError("a commit that was begun after close has succeeded");
    } catch (ClosedException | CommitUnknownException closedBeside) {
      return null;
    }
  }

  private Void read(Storage storage, AtomicBoolean closed) throws StorageException {
    try {
      while (!closed.get()) {
        markers.last(RegistryUnderTest.read(storage), "a read beside close");
      }
      RegistryUnderTest.read(storage);
      throw new AssertionError("a read that was begun after close has succeeded");
    } catch (ClosedException closedBeside) {
      return null;
    }
  }

  private int mustHold(int acknowledged) throws StorageException {
    try (Storage storage = target.openSteadily()) {
      int last = markers.last(RegistryUnderTest.read(storage), "after a close beside commits");
      if (last < acknowledged || last > acknowledged + 1) {
        throw new AssertionError("acknowledged were " + acknowledged + ", and there are " + last);
      }
      return last;
    }
  }
}
