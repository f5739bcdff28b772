package io.registrar.tck;

import io.registrar.spi.Capability;
import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.ChildJvm;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;

/** Rules 3 and 4 between processes. Bind storages that declare SHARED. */
interface SharedRules extends RuleGroup {
  @Rule(
      value = "3.2",
      expects = "a holder stopped by SIGSTOP in the middle of its commits is fenced when it wakes",
      lookAt = "leases and clocks that stand in for the check of the epoch")
  default void rule_3_2_aHolderThatWakesAfterATakeoverIsFenced() throws Exception {
    underTest().requires(Capability.SHARED, "one process alone has the registry");
    Storage storage = underTest().open();
    for (int round = 0; round < 3; round++) {
      try (ChildJvm holder = underTest().child()) {
        int from = Markers.in(RegistryUnderTest.read(storage)).size() + 1;
        startStreaming(holder, from);
        holder.stop();
        // Not blocked by the one that stands still (3.4), whatever it was doing.
        StorageSession later = RegistryUnderTest.lead(storage);
        RegistryState fence = RegistryUnderTest.read(storage);
        holder.resume();
        String end = holder.readLine();
        while (end.startsWith("committed ")) {
          // Acknowledged late, but committed before the takeover, or never.
          int n = Integer.parseInt(end.split(" ")[1]);
          Assertions.assertTrue(Markers.has(fence, n), "batch " + n + " was committed after it");
          end = holder.readLine();
        }
        String refusal = end;
        Assertions.assertTrue(
            refusal.startsWith("failed FencedException")
                || refusal.startsWith("failed CommitUnknownException"),
            () -> "it said: " + refusal);
        RegistryUnderTest.read(storage).mustBe(fence, "after the earlier holder woke");
        RegistryUnderTest.commit(
            later, new Markers(TargetProcess.SHARED_RECORDS).batch(Markers.in(fence).size() + 1));
      }
    }
  }

  @Rule(
      value = "3.2",
      expects = "the fence of a session that has died with its process holds",
      lookAt = "a fence that is a lock or an ephemeral node of the later session")
  default void rule_3_2_theFenceOutlivesTheLaterProcess() throws Exception {
    underTest().requires(Capability.SHARED, "one process alone has the registry");
    Storage storage = underTest().open();
    StorageSession old = RegistryUnderTest.lead(storage);
    try (ChildJvm later = underTest().child()) {
      later.send("open");
      later.await("opened");
      later.send("acquire");
      later.await("acquired");
      later.kill();
    }
    Refusals.refused(
        FencedException.class,
        "a commit of the earlier session, after the later process has died",
        () -> RegistryUnderTest.commit(old, Samples.put("a", "fenced")));
  }

  @Rule(
      value = "4.2",
      expects = "read() holds every commit that another process has had acknowledged before",
      lookAt = "reads from a cache, or from a replica that lags behind")
  default void rule_4_2_readSeesTheCommitsOfOtherProcesses() throws Exception {
    underTest().requires(Capability.SHARED, "one process alone has the registry");
    Storage storage = underTest().open();
    try (ChildJvm writer = underTest().child()) {
      writer.send("open");
      writer.await("opened");
      writer.send("acquire");
      writer.await("acquired");
      for (int n = 1; n <= 50; n++) {
        writer.send("commit " + n);
        writer.await("committed " + n);
        RegistryState state = RegistryUnderTest.read(storage);
        Assertions.assertTrue(Markers.has(state, n), "commit " + n + " was acknowledged before");
      }
    }
  }

  @Rule(
      value = "3.4",
      expects =
          "of two processes that race to acquire and commit, each commit is one version's, and"
              + " none is lost",
      lookAt = "the atomic step of acquire and of commit: check and write must be one")
  default void rule_3_4_twoProcessesRaceToAcquireAndCommit() throws Exception {
    underTest().requires(Capability.SHARED, "one process alone has the registry");
    int each = 40;
    SortedMap<Long, Integer> acknowledged = new TreeMap<>();
    try (ChildJvm odd = underTest().child();
        ChildJvm even = underTest().child()) {
      for (ChildJvm child : List.of(odd, even)) {
        child.send("open");
        child.await("opened");
      }
      mustFence(even, odd);
      mustFence(odd, even);
      odd.send("race 1 " + each);
      even.send("race 2 " + each);
      for (ChildJvm child : List.of(odd, even)) {
        collect(child, acknowledged);
      }
    }
    RegistryState state = RegistryUnderTest.read(underTest().open());
    new Markers(TargetProcess.SHARED_RECORDS).last(state, "after the race");
    Assertions.assertEquals(2 * each, state.version(), "the version after the race");
    Assertions.assertEquals(2 * each, Markers.in(state).size(), "batches that are there");
    Assertions.assertEquals(2 * each, acknowledged.size(), "versions that were acknowledged");
    int last = java.util.Objects.requireNonNull(acknowledged.get(acknowledged.lastKey()));
    Assertions.assertEquals(
        Integer.toString(last), new String(state.header().bytes()), "the last batch's header");
  }

  /** The later one acquires after the earlier: chance may not bring that about in a race. */
  private static void mustFence(ChildJvm later, ChildJvm earlier) throws Exception {
    for (ChildJvm child : List.of(earlier, later)) {
      child.send("acquire");
      child.await("acquired");
    }
    for (String call : List.of("commit 1", "confirm")) {
      earlier.send(call);
      String refusal = earlier.readLine();
      Assertions.assertTrue(
          refusal.startsWith("failed FencedException"),
          () -> call + ", once another process had acquired, ended: " + refusal);
    }
  }

  private static void collect(ChildJvm child, Map<Long, Integer> acknowledged) throws Exception {
    for (String line = child.readLine(); !line.equals("arrived"); line = child.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("committed")) {
        Integer other = acknowledged.put(Long.parseLong(words[2]), Integer.parseInt(words[1]));
        Assertions.assertNull(other, "version " + words[2] + " was given to two batches");
      } else {
        Assertions.assertEquals("overtaken", words[0], line);
      }
    }
  }

  private static void startStreaming(ChildJvm holder, int from) throws Exception {
    holder.send("open");
    holder.await("opened");
    holder.send("acquire");
    holder.await("acquired");
    holder.send("hold " + from);
    for (int n = from; n < from + 10; n++) {
      holder.await("committed " + n);
    }
  }
}
