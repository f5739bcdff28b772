package io.registrar.tck;

import io.registrar.spi.Capability;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import org.junit.jupiter.api.Assertions;

/** Rules 3.1 to 3.3 and 3.5: epochs, and what a fenced session can no longer do. */
interface FencingRules extends RuleGroup {
  @Rule(
      value = "3.1",
      expects = "every acquire gives a greater epoch, under the same owner name too",
      lookAt = "acquires that recognise their owner, or give back a session that is still held")
  default void rule_3_1_everyAcquireGivesAGreaterEpoch() throws Exception {
    Storage storage = underTest().open();
    long epoch = 0;
    for (int i = 0; i < 10; i++) {
      String owner = i % 3 == 0 ? "another" : "same";
      StorageSession session = storage.acquire(owner, Floor.NONE, RegistryUnderTest.timeout());
      long before = epoch;
      Assertions.assertTrue(
          session.epoch() > before, () -> "epoch " + session.epoch() + " after " + before);
      Assertions.assertEquals(session.epoch(), session.snapshot().epoch(), "the snapshot's epoch");
      session.snapshot().close();
      if (i % 2 == 0) {
        RegistryUnderTest.commit(session, Samples.put("a", "x"));
      }
      if (i % 4 == 0) {
        session.close();
      }
      epoch = session.epoch();
      Assertions.assertEquals(epoch, readEpoch(storage), "the epoch that a read sees");
    }
  }

  @Rule(
      value = "3.1",
      expects = "the epoch is greater than the floor's, and a floor below is no step back",
      lookAt = "acquire's floor")
  default void rule_3_1_theEpochExceedsTheFloor() throws Exception {
    Storage storage = underTest().open();
    long floor = 5_000_000_000L;
    StorageSession above = storage.acquire("tck", new Floor(floor, 0), RegistryUnderTest.timeout());
    Assertions.assertTrue(above.epoch() > floor, () -> above.epoch() + " for the floor " + floor);
    StorageSession low = storage.acquire("tck", new Floor(3, 0), RegistryUnderTest.timeout());
    Assertions.assertTrue(
        low.epoch() > above.epoch(), () -> low.epoch() + " after " + above.epoch());
  }

  @Rule(
      value = "3.1",
      expects = "epochs go on after a restart, though nothing was committed in between",
      lookAt = "an epoch that is kept in memory, or written with the first commit only")
  default void rule_3_1_epochsGoOnAfterARestart() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    long epoch = 0;
    for (int i = 0; i < 5; i++) {
      try (Storage storage = underTest().target().openSteadily()) {
        Assertions.assertEquals(epoch, readEpoch(storage), "the epoch after a restart");
        StorageSession session = storage.acquire("same", Floor.NONE, RegistryUnderTest.timeout());
        long before = epoch;
        Assertions.assertTrue(
            session.epoch() > before, () -> "epoch " + session.epoch() + " after " + before);
        epoch = session.epoch();
      }
    }
  }

  @Rule(
      value = "3.2",
      expects = "once acquire has returned, no commit of an earlier session takes effect",
      lookAt = "the check of the epoch inside the commit's atomic step")
  default void rule_3_2_aFencedSessionCannotCommit() throws Exception {
    Storage storage = underTest().open();
    StorageSession old = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(old, Samples.put("a", "old"));
    StorageSession latest = RegistryUnderTest.lead(storage);
    RegistryState before = RegistryUnderTest.read(storage);
    Refusals.refused(
        FencedException.class,
        "a commit of the earlier session",
        () -> RegistryUnderTest.commit(old, Samples.put("a", "fenced")));
    RegistryUnderTest.read(storage).mustBe(before, "after the commit of a fenced session");
    RegistryUnderTest.commit(latest, Samples.put("a", "new"));
  }

  @Rule(
      value = "3.2",
      expects = "an earlier session stays fenced after the later one has closed",
      lookAt = "a fence that is the later session's, and goes with it")
  default void rule_3_2_theFenceOutlivesTheLaterSession() throws Exception {
    Storage storage = underTest().open();
    StorageSession old = RegistryUnderTest.lead(storage);
    RegistryUnderTest.lead(storage).close();
    RegistryState before = RegistryUnderTest.read(storage);
    Refusals.refused(
        FencedException.class,
        "a commit of the earlier session, after the later has closed",
        () -> RegistryUnderTest.commit(old, Samples.put("a", "fenced")));
    RegistryUnderTest.read(storage).mustBe(before, "after the commit of a fenced session");
  }

  @Rule(
      value = "3.3",
      expects = "a fenced session fails with FencedException from its next call on, for good",
      lookAt = "sessions that find their way back, or change to another exception")
  default void rule_3_3_aFencedSessionStaysFenced() throws Exception {
    Storage storage = underTest().open();
    StorageSession old = RegistryUnderTest.lead(storage);
    StorageSession idle = RegistryUnderTest.lead(storage);
    StorageSession latest = RegistryUnderTest.lead(storage);
    for (int i = 0; i < 5; i++) {
      Refusals.refused(
          FencedException.class, "confirm", () -> old.confirm(RegistryUnderTest.timeout()));
      Refusals.refused(
          FencedException.class,
          "commit",
          () -> RegistryUnderTest.commit(old, Samples.put("a", "fenced")));
      RegistryUnderTest.commit(latest, Samples.put("a", "latest " + i));
    }
    latest.close();
    Refusals.refused(
        FencedException.class, "confirm", () -> idle.confirm(RegistryUnderTest.timeout()));
    Refusals.refused(
        FencedException.class,
        "commit",
        () -> RegistryUnderTest.commit(old, Samples.put("a", "fenced")));
  }

  @Rule(
      value = "3.5",
      expects = "confirm says that the session is the latest, and writes no record and no version",
      lookAt = "confirms that commit something, or that do not ask the engine")
  default void rule_3_5_confirmWritesNothing() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    session.confirm(RegistryUnderTest.timeout());
    RegistryUnderTest.commit(session, Samples.put("a", "1"));
    RegistryState before = RegistryUnderTest.read(storage);
    for (int i = 0; i < 10; i++) {
      session.confirm(RegistryUnderTest.timeout());
    }
    RegistryUnderTest.read(storage).mustBe(before, "after ten confirms");
    Assertions.assertEquals(
        before.version() + 1, RegistryUnderTest.commit(session, Samples.put("a", "2")));
    RegistryUnderTest.lead(storage);
    Refusals.refused(
        FencedException.class,
        "confirm, once another has acquired",
        () -> session.confirm(RegistryUnderTest.timeout()));
  }

  private static long readEpoch(Storage storage) throws Exception {
    try (var snapshot = storage.read(RegistryUnderTest.timeout())) {
      return snapshot.epoch();
    }
  }
}
