package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.Header;
import io.registrar.spi.InUseException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.ChildJvm;
import java.util.Random;
import org.junit.jupiter.api.Assertions;

/** Rules 2.3, 6.1, 6.2 and 6.3: what is found when a registry is opened again, or twice. */
interface ReopeningRules extends RuleGroup {
  @Rule(
      value = "6.2",
      expects = "a closed and reopened storage is as it was: version, header and every record",
      lookAt = "what is kept in memory only; deletes that come back; what close() writes")
  default void rule_6_2_aReopenedStorageIsAsItWas() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    Random random = new Random(62);
    RegistryState expected = RegistryState.EMPTY;
    for (int life = 0; life < 12; life++) {
      try (Storage storage = underTest().target().openSteadily()) {
        RegistryUnderTest.read(storage)
            .mustBe(expected, "after it was reopened " + life + " times");
        StorageSession session = RegistryUnderTest.lead(storage);
        for (int n = random.nextInt(12); n >= 0; n--) {
          Batch batch = anyBatch(random);
          long version = RegistryUnderTest.commit(session, batch);
          Assertions.assertEquals(expected.version() + 1, version, "the version (rule 2.3)");
          expected = expected.after(batch, version);
        }
        RegistryUnderTest.read(storage).mustBe(expected, "before it was closed");
      }
    }
  }

  @Rule(
      value = "6.2",
      expects = "every key of the corpus is there after a restart",
      lookAt = "how keys are written and read back")
  default void rule_6_2_everyKeyOfTheCorpusSurvivesARestart() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    Batch.Builder all = Batch.of(Samples.HEADER);
    KeyCorpus.ids().forEach(id -> all.put(Samples.key(id), Samples.text(id)));
    Batch batch = all.build();
    RegistryState expected;
    try (Storage storage = underTest().target().openSteadily()) {
      long version = RegistryUnderTest.commit(RegistryUnderTest.lead(storage), batch);
      expected = RegistryState.EMPTY.after(batch, version);
    }
    RegistryUnderTest.read(underTest().open()).mustBe(expected, "after a restart");
  }

  @Rule(
      value = "2.3",
      expects = "versions go on after a restart: none is used for two batches",
      lookAt = "a version that is counted in memory")
  default void rule_2_3_versionsGoOnAfterARestart() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    for (int n = 1; n <= 5; n++) {
      try (Storage storage = underTest().target().openSteadily()) {
        StorageSession session = RegistryUnderTest.lead(storage);
        Assertions.assertEquals(n, RegistryUnderTest.commit(session, Samples.put("a", "" + n)));
      }
    }
  }

  @Rule(
      value = "6.3",
      expects = "what only one process may open refuses the second, naming what holds it",
      lookAt = "the lock of the store, its owner's process id, and its end with the process")
  default void rule_6_3_theSecondProcessIsRefused() throws Exception {
    underTest().requires(Capability.DURABLE, "each process has a registry of its own");
    underTest().requiresNot(Capability.SHARED, "several processes may have the registry");
    try (ChildJvm holder = underTest().child()) {
      holder.send("open");
      holder.await("opened");
      InUseException refusal =
          Refusals.refused(
              InUseException.class, "opening what another process holds", () -> underTest().open());
      String message = String.valueOf(refusal.getMessage());
      Assertions.assertTrue(
          message.contains(Long.toString(holder.pid())),
          () -> "it names what holds it, process " + holder.pid() + "; it says: " + message);
      holder.send("acquire");
      holder.await("acquired");
      holder.send("commit 1");
      holder.await("committed 1");
      holder.kill();
    }
    Storage storage = underTest().open();
    Assertions.assertTrue(Markers.has(RegistryUnderTest.read(storage), 1), "the holder's commit");
    mustBeRefusedInAnotherProcess();
  }

  @Rule(
      value = "6.3",
      expects = "what only one process may open refuses to be opened twice by one process",
      lookAt = "locks that belong to the process, and let its second opener pass")
  default void rule_6_3_theSecondOpeningInOneProcessIsRefused() throws Exception {
    underTest().requires(Capability.DURABLE, "each opening has a registry of its own");
    underTest().requiresNot(Capability.SHARED, "several may have the registry open");
    Storage first = underTest().open();
    StorageSession session = RegistryUnderTest.lead(first);
    Refusals.refused(InUseException.class, "opening it once more", () -> underTest().open());
    RegistryUnderTest.commit(session, Samples.put("a", "1"));
    first.close();
    Assertions.assertEquals(1, RegistryUnderTest.read(underTest().open()).version());
  }

  @Rule(
      value = "6.1",
      expects = "closing a storage once more does nothing to the one that was opened after it",
      lookAt = "a second close() that gives back locks and files again")
  default void rule_6_1_closingAgainDoesNotHarmTheNextOpening() throws Exception {
    underTest().requires(Capability.DURABLE, "each opening has a registry of its own");
    Storage first = underTest().open();
    boolean exclusive = !first.capabilities().contains(Capability.SHARED);
    first.close();
    Storage next = underTest().open();
    StorageSession session = RegistryUnderTest.lead(next);
    for (int n = 1; n <= 3; n++) {
      first.close();
      if (exclusive) {
        Refusals.refused(InUseException.class, "opening it once more", () -> underTest().open());
      }
      Assertions.assertEquals(n, RegistryUnderTest.commit(session, Samples.put("a", "" + n)));
    }
    if (exclusive) {
      mustBeRefusedInAnotherProcess();
    }
  }

  private void mustBeRefusedInAnotherProcess() throws Exception {
    try (ChildJvm second = underTest().child()) {
      second.send("open");
      String answer = second.readLine();
      Assertions.assertTrue(answer.startsWith("failed InUseException"), () -> "it said: " + answer);
    }
  }

  private static Batch anyBatch(Random random) {
    Batch.Builder batch =
        Batch.of(Header.of(Samples.bytes(random.nextInt(300), random.nextLong())));
    for (int i = 0; i < 40; i++) {
      if (random.nextInt(3) == 0) {
        batch.delete(Samples.key("k" + i));
      } else if (random.nextInt(3) == 0) {
        batch.put(Samples.key("k" + i), Samples.bytes(random.nextInt(2_000), random.nextLong()));
      }
    }
    return batch.put(Samples.key("last"), Samples.text("x")).build();
  }
}
