package io.registrar.tck;

import io.registrar.spi.ClosedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/** Rules 6.1, 6.4 and 6.5: closing, leaking nothing, and registries side by side. */
interface LifeCycleRules extends RuleGroup {
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
  default void rule_6_4_openAndCloseLeakNothing() throws Exception {
    try (ChildJvm child = underTest().child(OpenAndClose.class, underTest().target())) {
      Assertions.assertEquals("ok", child.await("ok"), "a process that opens and closes");
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
