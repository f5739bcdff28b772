package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.LimitExceededException;
import io.registrar.spi.Limits;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;

/** Rules 1.3 and 2.4: what is at a limit is one commit, and what is over it is refused. */
interface LimitRules extends RuleGroup {
  @Rule(
      value = "1.3",
      expects = "a value one byte over the limit is refused, naming limit, size and key; no effect",
      lookAt = "Limits.check(batch), called before anything is written")
  default void rule_1_3_aValueOverTheLimitIsRefused() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    int most = storage.limits().maxValueBytes();
    RecordKey big = Samples.key("big");
    Batch batch =
        Batch.of(Samples.HEADER)
            .put(Samples.key("small"), Samples.text("small"))
            .put(big, new byte[most + 1])
            .build();
    LimitExceededException refusal = refusedWithoutEffect(storage, session, batch);
    Assertions.assertEquals("maxValueBytes", refusal.limitName());
    Assertions.assertEquals(most, refusal.limit());
    Assertions.assertEquals(most + 1, refusal.size());
    Assertions.assertEquals(Optional.of(big), refusal.key());
  }

  @Rule(
      value = "1.3",
      expects = "a batch one byte over the limit is refused, naming limit and size; no effect",
      lookAt = "Limits.check(batch), called before anything is written")
  default void rule_1_3_aBatchOverTheByteLimitIsRefused() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    Limits limits = storage.limits();
    LimitExceededException refusal =
        refusedWithoutEffect(storage, session, batchOf(limits, limits.maxBatchBytes() + 1));
    Assertions.assertEquals("maxBatchBytes", refusal.limitName());
    Assertions.assertEquals(limits.maxBatchBytes(), refusal.limit());
    Assertions.assertEquals(limits.maxBatchBytes() + 1, refusal.size());
  }

  @Rule(
      value = "1.3",
      expects = "a batch one key over the limit is refused, naming limit and size; no effect",
      lookAt = "Limits.check(batch), called before anything is written")
  default void rule_1_3_aBatchOverTheKeyLimitIsRefused() throws Exception {
    Storage storage = underTest().open();
    Limits limits = storage.limits();
    if (!keysFit(limits, limits.maxBatchKeys() + 1)) {
      throw new NotApplicable(
          "a batch of this storage is over the byte limit before the key limit");
    }
    StorageSession session = RegistryUnderTest.lead(storage);
    LimitExceededException refusal =
        refusedWithoutEffect(storage, session, Samples.puts(limits.maxBatchKeys() + 1, ""));
    Assertions.assertEquals("maxBatchKeys", refusal.limitName());
    Assertions.assertEquals(limits.maxBatchKeys(), refusal.limit());
    Assertions.assertEquals(limits.maxBatchKeys() + 1, refusal.size());
  }

  @Rule(
      value = "2.4",
      expects = "a batch of exactly limits().maxBatchBytes() is one commit",
      lookAt = "packet and transaction sizes of the engine, below the limit that is declared")
  default void rule_2_4_aBatchAtTheByteLimitIsOneCommit() throws Exception {
    Storage storage = underTest().open();
    takesOneCommit(storage, batchOf(storage.limits(), storage.limits().maxBatchBytes()));
  }

  @Rule(
      value = "2.4",
      expects = "a batch of exactly limits().maxBatchKeys() keys, where they fit, is one commit",
      lookAt = "limits of the engine on operations in one transaction, parameters in one statement")
  default void rule_2_4_aBatchAtTheKeyLimitIsOneCommit() throws Exception {
    Storage storage = underTest().open();
    Limits limits = storage.limits();
    if (!keysFit(limits, limits.maxBatchKeys())) {
      throw new NotApplicable("a batch of this storage is at the byte limit before the key limit");
    }
    takesOneCommit(storage, Samples.puts(limits.maxBatchKeys(), ""));
  }

  @Rule(
      value = "2.4",
      expects = "4,000 keys are one commit, as puts and as deletes, and 512 KiB are",
      lookAt = "limits of the engine on operations in one transaction, parameters in one statement")
  default void rule_2_4_fourThousandKeysAreOneCommit() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    Batch puts = Samples.puts(Limits.LEAST_BATCH_KEYS, "four thousand");
    RegistryState state = RegistryState.EMPTY.after(puts, RegistryUnderTest.commit(session, puts));
    RegistryUnderTest.read(storage).mustBe(state, "after 4,000 puts");
    Batch.Builder builder = Batch.of(Samples.HEADER);
    puts.puts().forEach(put -> builder.delete(put.key()));
    Batch deletes = builder.build();
    state = state.after(deletes, RegistryUnderTest.commit(session, deletes));
    RegistryUnderTest.read(storage).mustBe(state, "after 4,000 deletes");
  }

  private static void takesOneCommit(Storage storage, Batch batch) throws Exception {
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryState before = RegistryUnderTest.read(storage);
    long version = RegistryUnderTest.commit(session, batch);
    Assertions.assertEquals(before.version() + 1, version, "the version of one commit");
    RegistryUnderTest.read(storage).mustBe(before.after(batch, version), "after " + batch);
  }

  private static LimitExceededException refusedWithoutEffect(
      Storage storage, StorageSession session, Batch batch) throws Exception {
    Batch first = Samples.put("first", "before");
    RegistryState before =
        RegistryState.EMPTY.after(first, RegistryUnderTest.commit(session, first));
    LimitExceededException refusal =
        Refusals.refused(
            LimitExceededException.class,
            "a commit over a limit",
            () -> RegistryUnderTest.commit(session, batch));
    RegistryUnderTest.read(storage).mustBe(before, "after a refused batch");
    Batch next = Samples.put("next", "after");
    long version = RegistryUnderTest.commit(session, next);
    Assertions.assertEquals(before.version() + 1, version, "the version after a refused batch");
    RegistryUnderTest.read(storage)
        .mustBe(before.after(next, version), "after the session went on");
    return refusal;
  }

  private static boolean keysFit(Limits limits, int keys) {
    long each = StoredRecord.countedBytes(Samples.key("n" + keys));
    return each * keys <= limits.maxBatchBytes();
  }

  /** A batch that counts exactly these bytes, in few records. */
  private static Batch batchOf(Limits limits, long countedBytes) {
    Batch.Builder batch = Batch.of(Samples.HEADER);
    long left = countedBytes;
    for (int i = 0; left > 0; i++) {
      RecordKey key = Samples.key(String.format("%06d", i));
      int overhead = StoredRecord.countedBytes(key);
      long size = Math.min(left - overhead, limits.maxValueBytes());
      // What is left after this record is nothing, or has room for one more.
      long rest = left - overhead - size;
      size -= rest > 0 && rest < overhead ? overhead - rest : 0;
      batch.put(key, Samples.bytes((int) size, i));
      left -= overhead + size;
    }
    return batch.build();
  }
}
