package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;

/** Rule 4.2: reads by those who do not lead. */
interface ReadingRules extends RuleGroup {
  /** How long 100 commits a second of 10 records go on, at least. */
  Duration LOAD = Duration.ofSeconds(2);

  /** How many reads are made beside them, at least. */
  int READS = 5;

  /** A read that takes longer waits for the commits to end: then they do. */
  Duration LONGEST_READ = Duration.ofSeconds(5);

  @Rule(
      value = "4.2",
      expects = "a registry that was never written is read as version 0, empty header, no records",
      lookAt = "reads of a head that is not there yet")
  default void rule_4_2_anEmptyRegistryIsReadAsVersionZero() throws Exception {
    Storage storage = underTest().open();
    try (Snapshot snapshot = storage.read(RegistryUnderTest.timeout())) {
      Assertions.assertEquals(0, snapshot.epoch(), "the epoch before the first acquire");
      Assertions.assertEquals(
          Header.EMPTY, snapshot.header(), "the header before the first commit");
    }
    RegistryUnderTest.read(storage).mustBe(RegistryState.EMPTY, "before the first acquire");
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryUnderTest.read(storage).mustBe(RegistryState.EMPTY, "before the first commit");
    RegistryUnderTest.commit(session, Samples.put("a", "1"));
  }

  @Rule(
      value = "4.2",
      expects = "read() fences nobody, and sees each commit as soon as it is acknowledged",
      lookAt = "reads that acquire; reads from a cache")
  default void rule_4_2_readFencesNobodyAndIsNotStale() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryState expected = RegistryState.EMPTY;
    for (int n = 1; n <= 50; n++) {
      Batch batch = Samples.put("n" + n % 7, "value " + n);
      expected = expected.after(batch, RegistryUnderTest.commit(session, batch));
      RegistryUnderTest.read(storage).mustBe(expected, "after commit " + n);
    }
    session.confirm(RegistryUnderTest.timeout());
  }

  @Rule(
      value = "4.2",
      expects = "a registry of more records than any page holds is read whole, each record once",
      lookAt = "listings that end at the engine's page size, and cursors at the page's edge")
  default void rule_4_2_manyRecordsAreReadWhole() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryState expected = RegistryState.EMPTY;
    for (int first = 0; first < 12_288; first += 2_048) {
      Batch.Builder builder = Batch.of(Samples.HEADER);
      for (int i = first; i < first + 2_048; i++) {
        builder.put(Samples.key("record-" + i), Samples.text("value " + i));
      }
      Batch batch = builder.build();
      expected = expected.after(batch, RegistryUnderTest.commit(session, batch));
    }
    RegistryUnderTest.read(storage).mustBe(expected, "of 12,288 records");
  }

  @Rule(
      value = "4.2",
      expects =
          "read() is never a mixture, correctly labelled, and ends in bounded time,"
              + " while 100 commits a second of 10 records go on",
      lookAt = "reads in several steps without one version, and their retries under load")
  default void rule_4_2_readIsOneVersionWhileCommitsGoOn() throws Exception {
    Storage storage = underTest().open();
    try (Workers workers = new Workers()) {
      SteadyLoad load = new SteadyLoad(RegistryUnderTest.lead(storage), LONGEST_READ);
      Future<Integer> writer = workers.start(load);
      Deadline least = Deadline.after(LOAD);
      int reads = 0;
      while (!writer.isDone() && (reads < READS || !least.hasPassed())) {
        int before = load.acknowledged();
        long began = System.nanoTime();
        load.readBegins();
        RegistryState state = RegistryUnderTest.read(storage);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        int last = load.markers().last(state, "a read beside commits");
        Assertions.assertEquals(last, state.version(), "batch n is version n");
        Assertions.assertEquals(last, Markers.in(state).size(), "records of batches 1 to " + last);
        Assertions.assertTrue(last >= before, () -> "batch " + before + " had been acknowledged");
        Assertions.assertFalse(
            load.gaveUp() && took.compareTo(Deadline.scaled(LONGEST_READ)) >= 0,
            () ->
                "a read ended after " + took + ", when " + load.acknowledged() + " commits ended");
        reads++;
      }
      load.end();
      Workers.result(writer);
    }
  }
}
