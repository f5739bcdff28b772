package io.registrar.tck;

import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;

/** Rules 3.2, 3.4 and 4.1 under contention: several sessions at the same time in one process. */
interface TakeoverRules extends RuleGroup {
  @Rule(
      value = "3.2",
      expects =
          "of a session that commits all the time, nothing takes effect after a later acquire",
      lookAt = "commits that check the epoch first and write afterwards")
  default void rule_3_2_commitsInFlightDoNotOutliveTheFence() throws Exception {
    Storage storage = underTest().open();
    Markers markers = new Markers(10);
    int last = 0;
    try (Workers workers = new Workers()) {
      for (int round = 0; round < 15; round++) {
        CommittingHolder holder =
            new CommittingHolder(RegistryUnderTest.leadSteadily(storage), markers, last);
        Future<Void> committing = workers.start(holder);
        holder.awaitCommits();
        StorageSession later = storage.acquire("later", Floor.NONE, RegistryUnderTest.timeout());
        holder.overtake();
        RegistryState fence = RegistryState.drain(later.snapshot());
        Workers.result(committing);
        RegistryUnderTest.read(storage).mustBe(fence, "after the earlier session gave up");
        last = markers.last(fence, "the state at the fence");
        Assertions.assertTrue(
            last - holder.acknowledged() <= (holder.inDoubt() ? 1 : 0)
                && last >= holder.acknowledged(),
            "acknowledged were " + holder.acknowledged() + " batches, and there are " + last);
      }
    }
  }

  @Rule(
      value = "3.4",
      expects = "of concurrent acquires at most one session lives, and it has the greatest epoch",
      lookAt = "two acquires that read the same epoch, and both write the next")
  default void rule_3_4_ofConcurrentAcquiresTheLatestWins() throws Exception {
    Storage storage = underTest().open();
    for (int round = 0; round < 10; round++) {
      TreeMap<Long, StorageSession> sessions = acquireTogether(storage, 6);
      RegistryState before = RegistryUnderTest.read(storage);
      StorageSession latest = sessions.pollLastEntry().getValue();
      for (StorageSession earlier : sessions.values()) {
        Refusals.refused(
            FencedException.class,
            "a commit of epoch " + earlier.epoch() + ", where " + latest.epoch() + " is the latest",
            () -> RegistryUnderTest.commit(earlier, Samples.put("a", "earlier")));
      }
      Assertions.assertEquals(
          before.version() + 1,
          RegistryUnderTest.commit(latest, Samples.put("a", "latest " + round)),
          "the version of the latest session's commit");
    }
  }

  private static TreeMap<Long, StorageSession> acquireTogether(Storage storage, int count)
      throws Exception {
    TreeMap<Long, StorageSession> sessions = new TreeMap<>();
    try (Workers workers = new Workers()) {
      CountDownLatch ready = new CountDownLatch(count);
      List<Future<StorageSession>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(
            workers.start(
                () -> {
                  ready.countDown();
                  ready.await();
                  return RegistryUnderTest.lead(storage);
                }));
      }
      for (Future<StorageSession> call : calls) {
        StorageSession session;
        try {
          session = Workers.result(call);
        } catch (FencedException overtaken) {
          continue; // its snapshot belonged to a session that a later one had ended
        }
        Assertions.assertNull(
            sessions.put(session.epoch(), session),
            () -> "two sessions of epoch " + session.epoch());
      }
    }
    Assertions.assertFalse(sessions.isEmpty(), "no acquire gave a session");
    return sessions;
  }

  @Rule(
      value = "4.1",
      expects =
          "acquire's snapshot holds every acknowledged commit, and the next commit follows it",
      lookAt = "snapshots that are read before the fence, or served from a cache")
  default void rule_4_1_theSnapshotIsTheStateAtTheFence() throws Exception {
    Storage storage = underTest().open();
    Markers markers = new Markers(10);
    RegistryState expected = RegistryState.EMPTY;
    for (int n = 1; n <= 20; n++) {
      StorageSession session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
      Assertions.assertSame(session.snapshot(), session.snapshot(), "a session has one snapshot");
      RegistryState.drain(session.snapshot()).mustBe(expected, "at the fence before batch " + n);
      long version = RegistryUnderTest.commit(session, markers.batch(n));
      Assertions.assertEquals(expected.version() + 1, version, "the commit after the snapshot");
      expected = expected.after(markers.batch(n), version);
    }
  }
}
