package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Limits;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Rules 9.1 and 9.2. Bind storages that declare CHANGES. */
interface ChangeRules extends RuleGroup {
  /** Together more than a storage has reason to keep, each within the least limits. */
  int LARGE_BATCHES = 24;

  /** Eight of them are a batch. */
  int LARGE_VALUE = (int) Limits.LEAST_BATCH_BYTES / 9;

  @Rule(
      value = "9.1",
      expects = "each commit is told once, in order, as it was made: version, epoch and batch",
      lookAt = "the feed's position; what a feed is given that begins in the middle")
  default void rule_9_1_eachCommitIsToldOnceAndInOrder() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    Storage storage = underTest().open();
    try (Follower follower = Follower.of(followed(storage), RegistryState.EMPTY)) {
      SteadySession session = RegistryUnderTest.leadSteadily(storage);
      for (int n = 1; n <= 40; n += 2) {
        if (n % 8 == 1) {
          // A takeover; the first commit after one of them jumps to a greater version (2.3).
          Floor floor = new Floor(0, n == 25 ? 1_000 : 0);
          session = (SteadySession) storage.acquire("tck", floor, RegistryUnderTest.timeout());
          session.snapshot().close();
        }
        // By twos, so that one which is not told is seen by the next, and not by waiting for it.
        long epoch = session.epoch();
        long version = RegistryUnderTest.commit(session, ofEachKind(n));
        RegistryUnderTest.commit(session, ofEachKind(n + 1));
        follower.mustBeTold(version, ofEachKind(n));
        follower.mustBeTold(version + 1, ofEachKind(n + 1));
        Assertions.assertTrue(
            session.epoch() != epoch || follower.epoch() == epoch,
            () -> "epoch " + follower.epoch() + " was told of a commit of epoch " + epoch);
      }
      follower.mustBeQuiet();
      RegistryState end = RegistryUnderTest.read(storage);
      follower.state().mustBe(end, "what was told, one after the other");
      // Several commits wait for whoever begins in the middle.
      for (long version : List.of(end.version() - 3, end.version() - 12)) {
        List<Long> told = Follower.versionsAfter(version, end.version(), followed(storage));
        for (int i = 0; i < told.size(); i++) {
          long expected = version + 1 + i;
          Assertions.assertEquals(expected, told.get(i), "told after version " + version);
        }
      }
    }
  }

  /** Puts and deletes, headers and values of several sizes. */
  private static Batch ofEachKind(int n) {
    Batch.Builder batch =
        Batch.of(Header.of(Samples.bytes(n % 3 == 0 ? 0 : n, n)))
            .put(Samples.key("n" + n), Samples.bytes(n % 10 == 0 ? 100_000 : n, n));
    return n % 4 == 0 ? batch.delete(Samples.key("n" + (n - 2))).build() : batch.build();
  }

  @Rule(
      value = "9.1",
      expects = "who follows beside commits is told every one of them",
      lookAt = "commits made between a feed's look at what is there, and its wait")
  default void rule_9_1_whoFollowsBesideCommitsMissesNone() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    Storage storage = underTest().open();
    Markers markers = new Markers(5);
    int batches = 150;
    try (Workers workers = new Workers();
        Follower follower = Follower.of(followed(storage), RegistryState.EMPTY)) {
      Future<Long> writer =
          workers.start(
              () -> {
                StorageSession session = RegistryUnderTest.lead(storage);
                long version = 0;
                for (int n = 1; n <= batches; n++) {
                  version = RegistryUnderTest.commit(session, markers.batch(n));
                }
                return version;
              });
      while (follower.state().version() < batches && !(writer.isDone() && failed(writer))) {
        follower.follow();
        markers.last(follower.state(), "a follower");
      }
      Assertions.assertEquals(batches, Workers.result(writer), "the last version");
      follower.mustBeQuiet();
      follower.state().mustBe(RegistryUnderTest.read(storage), "what was told");
    }
  }

  private static boolean failed(Future<Long> writer) throws Exception {
    return Workers.result(writer) < 0;
  }

  @Rule(
      value = "9.1",
      expects = "what took no effect is not told",
      lookAt = "followers that are told before the checks of the fence and of the limits")
  default void rule_9_1_whatTookNoEffectIsNotTold() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    Storage storage = underTest().open();
    try (Follower follower = Follower.of(followed(storage), RegistryState.EMPTY)) {
      StorageSession fenced = RegistryUnderTest.lead(storage);
      StorageSession session = RegistryUnderTest.lead(storage);
      for (int n = 1; n <= 5; n++) {
        Refusals.refused(
            FencedException.class,
            "a commit of a fenced session",
            () -> RegistryUnderTest.commit(fenced, Samples.put("a", "fenced")));
        Batch batch = Samples.put("a", "value " + n);
        follower.mustBeTold(RegistryUnderTest.commit(session, batch), batch);
      }
      follower.mustBeQuiet();
    }
  }

  @Rule(
      value = "9.1",
      expects = "a commit that was told is there after SIGKILL right after it",
      lookAt = "followers that are told before the write is synced")
  default void rule_9_1_whatWasToldSurvivesSigkill() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    Random random = new Random(91);
    int last = 0;
    for (int round = 0; round < 4; round++) {
      int told = 0;
      try (ChildJvm child = underTest().child()) {
        child.send("open");
        child.await("opened");
        child.send("acquire");
        child.await("acquired");
        child.send("follow " + (last + 1));
        for (int more = random.nextInt(10); more >= 0; more--) {
          told = told(child);
        }
        child.kill();
      }
      try (Storage storage = underTest().target().openSteadily()) {
        last =
            new Markers(TargetProcess.SHARED_RECORDS)
                .last(RegistryUnderTest.read(storage), "after SIGKILL");
      }
      Assertions.assertTrue(
          last >= told, "told were commits up to " + told + ", and there are " + last);
    }
  }

  private static int told(ChildJvm child) throws InterruptedException {
    String line = child.readLine();
    Assertions.assertTrue(line.startsWith("told "), () -> "a process that follows says: " + line);
    return Integer.parseInt(line.split(" ")[1]);
  }

  @Rule(
      value = "9.2",
      expects = "a version beyond what is there is answered by \"start from a snapshot\", for good",
      lookAt = "changes(afterVersion) where the storage was set back")
  default void rule_9_2_aVersionBeyondIsRefused() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    long version = RegistryUnderTest.commit(session, Samples.put("a", "1"));
    try (ChangeFeed beyond = followed(storage).changes(version + 1)) {
      for (int n = 2; n <= 4; n++) {
        long current = version;
        ChangeEvent told = beyond.next(Deadline.scaled(OutcomeRules.GRACE));
        Assertions.assertTrue(
            told instanceof ChangeEvent.StartFromSnapshot from && from.oldestVersion() <= current,
            () -> "after a version beyond " + current + " was told: " + told);
        version = RegistryUnderTest.commit(session, Samples.put("a", "value " + n));
      }
    }
    try (Follower follower =
        Follower.of(followed(storage), RegistryUnderTest.read(followed(storage)))) {
      Batch batch = Samples.put("a", "followed");
      follower.mustBeTold(RegistryUnderTest.commit(session, batch), batch);
    }
  }

  @Rule(
      value = "9.2",
      expects = "who is behind is told all, or to start from a snapshot; never with a gap",
      lookAt = "what is kept of old commits, after many and after a restart")
  default void rule_9_2_whoIsBehindIsNeverLeftAGap() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    long last = 0;
    try (Storage storage = underTest().target().openSteadily()) {
      StorageSession session = RegistryUnderTest.lead(storage);
      try (ChangeFeed behind = followed(storage).changes(0)) {
        for (int n = 1; n <= LARGE_BATCHES; n++) {
          last = RegistryUnderTest.commit(session, large(n));
        }
        Follower.mustTellAllOrNothing(behind, 0, last);
      }
      Follower.mustTellAllOrNothing(followed(storage), 0, last);
    }
    Storage again = underTest().open();
    if (again.capabilities().contains(Capability.DURABLE)) {
      long next =
          RegistryUnderTest.commit(RegistryUnderTest.lead(again), Samples.put("a", "again"));
      for (long after : List.of(0L, last - 2, last)) {
        Follower.mustTellAllOrNothing(followed(again), after, next);
      }
    }
  }

  @Rule(
      value = "6.1",
      expects = "close ends a feed whose call waits, and a later call fails with ClosedException",
      lookAt = "waits that nobody wakes when the feed or the storage is closed")
  default void rule_6_1_closeEndsFeeds() throws Exception {
    underTest().requires(Capability.CHANGES, "there is nothing to follow");
    Storage storage = underTest().open();
    for (boolean all : new boolean[] {false, true}) {
      ChangeFeed feed = storage.changes(0);
      try (Workers workers = new Workers()) {
        CountDownLatch waits = new CountDownLatch(1);
        Future<ClosedException> waiting =
            workers.start(
                () -> {
                  waits.countDown();
                  return Refusals.refused(
                      ClosedException.class, "next, beside a close", () -> untilItFails(feed));
                });
        waits.await();
        // The instant is the fault itself: before the wait, or in it.
        LockSupport.parkNanos(all ? 50_000_000 : 5_000_000);
        if (all) {
          storage.close();
        } else {
          feed.close();
        }
        Workers.result(waiting);
      }
      feed.close();
      Refusals.refused(ClosedException.class, "next, after a close", () -> Follower.next(feed));
    }
    Refusals.refused(ClosedException.class, "changes, after close", () -> storage.changes(0));
  }

  /** One that ends a wait by saying that all is quiet must say the truth the next time. */
  private static void untilItFails(ChangeFeed feed) throws StorageException {
    Assertions.assertInstanceOf(
        ChangeEvent.Quiet.class, feed.next(Deadline.scaled(Workers.WAIT)), "of no commit");
    Follower.next(feed);
  }

  private static Batch large(int n) {
    Batch.Builder batch = Batch.of(Samples.HEADER);
    for (int i = 0; i < 8; i++) {
      batch.put(Samples.key("large" + i), Samples.bytes(LARGE_VALUE, n + i));
    }
    return batch.build();
  }

  /** Another opening where several may have the registry open, so that others' commits are told. */
  private Storage followed(Storage storage) throws Exception {
    return storage.capabilities().contains(Capability.SHARED) ? underTest().open() : storage;
  }
}
