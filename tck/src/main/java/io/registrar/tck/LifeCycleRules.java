package io.registrar.tck;

import io.registrar.spi.ClosedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Rules 6.1, 6.4 and 6.5: closing, leaking nothing, and registries side by side. */
interface LifeCycleRules extends RuleGroup {
  /** JUnit's name for a lock that every other test holds too: nothing else may open anything. */
  String ALONE = "org.junit.platform.engine.support.hierarchical.ExclusiveResource.GLOBAL_KEY";

  /** What has not changed for this long after the last close will not be given back. */
  Duration STILL = Duration.ofSeconds(3);

  @Rule(
      value = "6.1",
      expects = "close is idempotent, and every call after it fails with ClosedException",
      lookAt = "calls that reach the engine after it was closed")
  default void rule_6_1_callsAfterCloseFailCleanly() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(session, Samples.puts(100, "x"));
    Snapshot snapshot = storage.read(RegistryUnderTest.timeout());
    snapshot.next();
    storage.close();
    storage.close();
    Duration timeout = RegistryUnderTest.timeout();
    Map<String, Refusals.Call> calls = new LinkedHashMap<>();
    calls.put("read", () -> storage.read(timeout));
    calls.put("acquire", () -> storage.acquire("tck", Floor.NONE, timeout));
    calls.put("commit", () -> session.commit(Samples.put("a", "closed"), timeout));
    calls.put("confirm", () -> session.confirm(timeout));
    calls.put("next", snapshot::next);
    for (Map.Entry<String, Refusals.Call> call : calls.entrySet()) {
      Refusals.refused(ClosedException.class, call.getKey() + " after close", call.getValue());
    }
    snapshot.close();
    session.close();
    session.close();
    storage.close();
    Assertions.assertTrue(session.epoch() > 0, "the epoch of a closed session");
  }

  @Rule(
      value = "6.1",
      expects = "a closed session refuses, and the storage goes on",
      lookAt = "StorageSession.close()")
  default void rule_6_1_aClosedSessionRefuses() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
    session.close();
    session.close();
    Refusals.refused(
        ClosedException.class,
        "a commit of a closed session",
        () -> RegistryUnderTest.commit(session, Samples.put("a", "closed")));
    Refusals.refused(
        ClosedException.class,
        "confirm of a closed session",
        () -> session.confirm(RegistryUnderTest.timeout()));
    Refusals.refused(
        ClosedException.class, "the snapshot of a closed session", () -> session.snapshot().next());
    RegistryUnderTest.read(storage).mustBe(RegistryState.EMPTY, "after a closed session's commit");
    RegistryUnderTest.commit(RegistryUnderTest.lead(storage), Samples.put("a", "1"));
  }

  @Rule(
      value = "6.1",
      expects = "close beside commits and reads lets them end, loses nothing, and does not crash",
      lookAt = "a close that does not wait for calls in flight, above all over native libraries")
  default void rule_6_1_closeBesideCommitsAndReads() throws Exception {
    try (ChildJvm child = underTest().child(CloseRace.class, underTest().target())) {
      Assertions.assertEquals("ok", child.await("ok"), "a process that closes beside calls");
    }
  }

  @Rule(
      value = "6.4",
      expects = "a hundred cycles of open and close leave no more threads and files than the first",
      lookAt = "executors, pools, watchers, lock files and snapshots that close() forgets")
  @ResourceLock(value = ALONE, mode = ResourceAccessMode.READ_WRITE)
  default void rule_6_4_openAndCloseLeakNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      openAndUse(i);
    }
    ProcessResources before = ProcessResources.now();
    for (int i = 0; i < 100; i++) {
      openAndUse(i);
    }
    // Threads that were told to end may need a moment, and another for each that still ends.
    Deadline settled = Deadline.after(Duration.ofSeconds(30));
    Deadline still = Deadline.after(STILL);
    ProcessResources after = ProcessResources.now();
    while (!after.within(before) && !settled.hasPassed() && !still.hasPassed()) {
      LockSupport.parkNanos(10_000_000);
      ProcessResources now = ProcessResources.now();
      if (!now.equals(after)) {
        still = Deadline.after(STILL);
      }
      after = now;
    }
    ProcessResources left = after;
    Assertions.assertTrue(
        left.within(before), () -> "before: " + before + "\nafter 100 cycles: " + left);
  }

  private void openAndUse(int i) throws Exception {
    try (Storage storage = underTest().target().openSteadily()) {
      StorageSession session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
      session.snapshot().next();
      session.snapshot().close();
      RegistryUnderTest.commit(session, Samples.put("a" + i, "x"));
      // Left open on purpose: the storage's close ends the session and the snapshot too.
      storage.read(RegistryUnderTest.timeout()).next();
    }
  }

  @Rule(
      value = "6.5",
      expects = "registries of one engine never see each other, however alike their names are",
      lookAt = "names used in paths, prefixes and patterns; engines that ignore case")
  default void rule_6_5_registriesOfOneEngineAreStrangers() throws Exception {
    List<String> names =
        List.of(
            "a",
            "A",
            "a.b",
            "a_b",
            "a-b",
            "aXb",
            "a.",
            "a_",
            "-",
            "_",
            "...",
            "b".repeat(64),
            "b".repeat(63),
            "B".repeat(64));
    Map<String, Storage> storages = new LinkedHashMap<>();
    Map<String, RegistryState> states = new LinkedHashMap<>();
    List<StorageSession> sessions = new ArrayList<>();
    for (String name : names) {
      Storage storage = underTest().open(underTest().target().named(name));
      storages.put(name, storage);
      StorageSession session = RegistryUnderTest.lead(storage);
      sessions.add(session);
      var batch = Samples.put(Samples.key("whose"), Samples.text(name));
      states.put(name, RegistryState.EMPTY.after(batch, RegistryUnderTest.commit(session, batch)));
    }
    var delete = Samples.delete("whose");
    states.computeIfPresent("a_b", (name, state) -> state.after(delete, state.version() + 1));
    RegistryUnderTest.commit(sessions.get(names.indexOf("a_b")), delete);
    for (String name : names) {
      RegistryUnderTest.read(java.util.Objects.requireNonNull(storages.get(name)))
          .mustBe(java.util.Objects.requireNonNull(states.get(name)), "the registry " + name);
    }
    for (StorageSession session : sessions) {
      session.confirm(RegistryUnderTest.timeout());
    }
  }
}
