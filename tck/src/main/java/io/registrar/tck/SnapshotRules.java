package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;

/** Rule 4.3: a snapshot never changes. */
interface SnapshotRules extends RuleGroup {
  /** More than any buffer of a stream is likely to hold ahead. */
  int RECORDS = 4_000;

  @Rule(
      value = "4.3",
      expects = "a snapshot that was begun does not see later puts and deletes",
      lookAt =
          "streams over the live records: a cursor outside a transaction, an iterator of a map")
  default void rule_4_3_aSnapshotNeverChanges() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryState expected = write(session, RegistryState.EMPTY, Samples.puts(RECORDS, "before"));
    try (Snapshot untouched = storage.read(RegistryUnderTest.timeout());
        Snapshot begun = storage.read(RegistryUnderTest.timeout())) {
      SortedMap<RecordKey, StoredRecord> first = begin(begun, 10);
      RegistryState now = write(session, expected, changeAll());
      RegistryState.drain(begun, first).mustBe(expected, "a snapshot read on after a commit");
      RegistryState.drain(untouched).mustBe(expected, "a snapshot taken before a commit");
      RegistryUnderTest.read(storage).mustBe(now, "a snapshot taken after the commit");
    }
  }

  @Rule(
      value = "4.3",
      expects =
          "the snapshot of a session that is overtaken ends complete as of its fence, or in"
              + " FencedException, never in a mixture",
      lookAt = "a session's stream that reads the records of the session after it")
  default void rule_4_3_anOvertakenSnapshotIsNoMixture() throws Exception {
    Storage storage = underTest().open();
    RegistryState expected =
        write(
            RegistryUnderTest.lead(storage), RegistryState.EMPTY, Samples.puts(RECORDS, "before"));
    StorageSession overtaken = storage.acquire("old", Floor.NONE, RegistryUnderTest.timeout());
    SortedMap<RecordKey, StoredRecord> first = begin(overtaken.snapshot(), 10);
    StorageSession later = RegistryUnderTest.lead(storage);
    write(later, expected, changeAll());
    RegistryState seen;
    try {
      seen = RegistryState.drain(overtaken.snapshot(), first);
    } catch (FencedException allowed) {
      return;
    }
    seen.mustBe(expected, "the snapshot of an overtaken session");
  }

  @Rule(
      value = "4.3",
      expects = "at its end a snapshot stays at its end, and when closed it says so",
      lookAt = "Snapshot.next() after the end, after close()")
  default void rule_4_3_aSnapshotIsReadOnce() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(session, Samples.puts(5, "x"));
    try (Snapshot snapshot = storage.read(RegistryUnderTest.timeout())) {
      begin(snapshot, 5);
      Assertions.assertTrue(snapshot.next().isEmpty(), "a sixth record of five");
      Assertions.assertTrue(snapshot.next().isEmpty(), "a record after the end");
    }
    Snapshot closed = storage.read(RegistryUnderTest.timeout());
    begin(closed, 2);
    closed.close();
    closed.close();
    Refusals.refused(ClosedException.class, "next() of a closed snapshot", closed::next);
    Assertions.assertEquals(1, closed.version(), "the version of a closed snapshot");
  }

  @Rule(
      value = "4.3",
      expects =
          "a commit while the session's snapshot is open is the caller's fault, and has no effect",
      lookAt = "the check for an open snapshot at the beginning of commit()")
  default void rule_4_3_aCommitBesideTheOpenSnapshotIsRefused() throws Exception {
    Storage storage = underTest().open();
    RegistryState before =
        write(RegistryUnderTest.lead(storage), RegistryState.EMPTY, Samples.puts(5, "before"));
    StorageSession session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
    begin(session.snapshot(), 2);
    Assertions.assertThrows(
        IllegalStateException.class,
        () -> RegistryUnderTest.commit(session, Samples.put("a", "too early")));
    RegistryUnderTest.read(storage).mustBe(before, "after a commit that was too early");
    session.snapshot().close();
    write(session, before, Samples.put("a", "in time"));
  }

  private static SortedMap<RecordKey, StoredRecord> begin(Snapshot snapshot, int count)
      throws Exception {
    SortedMap<RecordKey, StoredRecord> records = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      RegistryState.take(snapshot.next().orElseThrow(), records);
    }
    return records;
  }

  /** Deletes, overwrites and adds, so that a live view would differ wherever it is. */
  private static Batch changeAll() {
    Batch.Builder batch = Batch.of(Samples.HEADER);
    for (int i = 0; i < RECORDS - 10; i++) {
      if (i % 2 == 0) {
        batch.put(Samples.key("n" + i), Samples.text("after"));
      } else {
        batch.delete(Samples.key("n" + i));
      }
    }
    return batch.put(Samples.key("n3999a"), Samples.text("new")).build();
  }

  private static RegistryState write(StorageSession session, RegistryState before, Batch batch)
      throws Exception {
    return before.after(batch, RegistryUnderTest.commit(session, batch));
  }
}
