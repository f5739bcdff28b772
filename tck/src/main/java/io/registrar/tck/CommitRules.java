package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Limits;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;

/** Rules 2.1, 2.3 and 2.5: all of a batch or none, one version each, and deletes. */
interface CommitRules extends RuleGroup {
  /** How many reads beside commits, at least, look for a batch that is half there. */
  int READS = 50;

  /** Several wait at the same door, so that one gets through in the middle of a commit. */
  int READERS = 3;

  /** A fast storage's few commits are over too soon for a reader to meet one of them half done. */
  Duration GOES_ON = Duration.ofSeconds(1);

  /** Each leaves its record, which every reader has to read. */
  int MOST_BATCHES = 1_000;

  @Rule(
      value = "2.1",
      expects = "headers of 0 to 4,096 bytes come back with the version that they came with",
      lookAt = "the head: size of its column or node, bytes kept as text, empty read as absent")
  default void rule_2_1_headersOfEverySizeComeBack() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    int[] sizes = {Header.MAX_BYTES, 0, 1, 2, 127, 128, 255, 256, 257, 1000, 1023, 4095, 4096, 0};
    for (int size : sizes) {
      Header header = Header.of(Samples.bytes(size, size));
      long version =
          RegistryUnderTest.commit(
              session, Batch.of(header).put(Samples.key("a"), new byte[0]).build());
      RegistryState state = RegistryUnderTest.read(storage);
      Assertions.assertEquals(version, state.version(), "the version that was read");
      Assertions.assertEquals(header, state.header(), "the header of version " + version);
    }
  }

  @Rule(
      value = "2.1",
      expects = "a concurrent reader sees all of a batch, header included, or none of it",
      lookAt = "batches applied key by key; a head that moves before or after its records")
  default void rule_2_1_concurrentReadersSeeWholeBatches() throws Exception {
    readWhileWriting(new Markers(20), 150);
  }

  @Rule(
      value = "2.1",
      expects = "a concurrent reader sees all of a batch at the limits, or none of it",
      lookAt = "large batches that are split into several transactions")
  default void rule_2_1_concurrentReadersSeeLargeBatchesWhole() throws Exception {
    readWhileWriting(new Markers(Limits.LEAST_BATCH_KEYS - 1), 12);
  }

  private void readWhileWriting(Markers markers, int batches) throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    try (Workers workers = new Workers()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(workers.start(() -> readUntil(over, storage, markers, reads)));
      }
      Deadline least = Deadline.after(GOES_ON);
      Deadline end = Deadline.after(Duration.ofSeconds(10));
      int last = 0;
      while (readers.stream().noneMatch(Future::isDone)
          && !end.hasPassed()
          && (last < batches
              || reads.get() < READS
              || (last < MOST_BATCHES && !least.hasPassed()))) {
        RegistryUnderTest.commit(session, markers.batch(++last));
      }
      over.set(true);
      for (Future<Integer> reader : readers) {
        Workers.result(reader);
      }
      Assertions.assertEquals(last, markers.last(RegistryUnderTest.read(storage), "at the end"));
    }
  }

  private static int readUntil(
      AtomicBoolean over, Storage storage, Markers markers, AtomicInteger reads) throws Exception {
    int last = 0;
    while (!over.get()) {
      int seen = markers.last(RegistryUnderTest.read(storage), "a reader");
      int before = last;
      Assertions.assertTrue(seen >= before, () -> "batch " + seen + " read after " + before);
      last = seen;
      reads.incrementAndGet();
    }
    return last;
  }

  @Rule(
      value = "2.3",
      expects = "the version grows by exactly one a commit, over several sessions too",
      lookAt = "versions drawn from clocks, sequences or the engine's own counters; failed commits")
  default void rule_2_3_theVersionGrowsByExactlyOne() throws Exception {
    Storage storage = underTest().open();
    long version = RegistryUnderTest.read(storage).version();
    Assertions.assertEquals(0, version, "the version of a registry that was never written");
    for (int round = 0; round < 5; round++) {
      StorageSession session = RegistryUnderTest.lead(storage);
      for (int n = 0; n < 5; n++) {
        Batch batch = n % 2 == 0 ? Samples.put("a", "same bytes") : Samples.delete("absent");
        long next = RegistryUnderTest.commit(session, batch);
        Assertions.assertEquals(version + 1, next, "the version of commit " + n);
        Assertions.assertEquals(next, RegistryUnderTest.read(storage).version());
        version = next;
      }
    }
  }

  @Rule(
      value = "2.3",
      expects =
          "the first commit after an acquire with a floor exceeds its version; the next add one",
      lookAt = "acquire's floor, kept until the first commit and not beyond it")
  default void rule_2_3_theFirstCommitExceedsTheFloor() throws Exception {
    Storage storage = underTest().open();
    RegistryUnderTest.commit(RegistryUnderTest.lead(storage), Samples.put("a", "before"));
    long floor = 5_000_000_000L;
    StorageSession above = storage.acquire("tck", new Floor(0, floor), RegistryUnderTest.timeout());
    above.snapshot().close();
    Assertions.assertEquals(
        1, RegistryUnderTest.read(storage).version(), "acquire wrote a version");
    long first = RegistryUnderTest.commit(above, Samples.put("a", "1"));
    Assertions.assertTrue(first > floor, () -> "version " + first + " for the floor " + floor);
    Assertions.assertEquals(first + 1, RegistryUnderTest.commit(above, Samples.put("a", "2")));
    StorageSession low = storage.acquire("tck", new Floor(0, 7), RegistryUnderTest.timeout());
    Assertions.assertEquals(first + 1, low.snapshot().version(), "the version at the fence");
    low.snapshot().close();
    Assertions.assertEquals(
        first + 2, RegistryUnderTest.commit(low, Samples.put("a", "3")), "with a floor far below");
  }

  @Rule(
      value = "2.5",
      expects = "a deleted record is absent, and comes back by a put alone",
      lookAt = "deletes that are lost, or that hide a later put")
  default void rule_2_5_aDeletedRecordIsAbsent() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryState state = RegistryState.EMPTY;
    Batch mixed =
        Batch.of(Samples.HEADER)
            .delete(Samples.key("n3"))
            .put(Samples.key("n7"), Samples.text("again"))
            .delete(Samples.key("n9"))
            .build();
    for (Batch batch :
        new Batch[] {
          Samples.puts(20, "x"),
          Samples.delete("n1", "n19"),
          mixed,
          Samples.put("n1", "back"),
          Samples.delete("n1")
        }) {
      state = state.after(batch, RegistryUnderTest.commit(session, batch));
      RegistryUnderTest.read(storage).mustBe(state, "after a " + batch);
    }
  }

  @Rule(
      value = "2.5",
      expects = "deleting an absent key is no error, and a commit like any other",
      lookAt = "engines whose delete fails, or counts rows, where there is none")
  default void rule_2_5_deletingAnAbsentKeyIsNoError() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    Batch absent = Samples.delete("absent", "absent too");
    RegistryState state =
        RegistryState.EMPTY.after(absent, RegistryUnderTest.commit(session, absent));
    RegistryUnderTest.read(storage).mustBe(state, "after absent keys were deleted");
    Batch put = Samples.put("a", "1");
    state = state.after(put, RegistryUnderTest.commit(session, put));
    Batch some =
        Batch.of(Samples.HEADER)
            .delete(Samples.key("absent"))
            .delete(Samples.key("a"))
            .put(Samples.key("b"), Samples.text("2"))
            .build();
    state = state.after(some, RegistryUnderTest.commit(session, some));
    RegistryUnderTest.read(storage).mustBe(state, "after absent and present keys were deleted");
  }
}
