package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;

/** Rules 1.1, 1.2 and 1.4: every key and every byte comes back. */
interface RecordRules extends RuleGroup {
  @Rule(
      value = "1.1",
      expects = "every well-formed key comes back byte for byte, and is different from every other",
      lookAt = "how keys are escaped, compared, folded, cut or joined to paths and statements")
  default void rule_1_1_everyKeyOfTheCorpusComesBack() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    Batch.Builder all = Batch.of(Samples.HEADER);
    for (String id : KeyCorpus.ids()) {
      all.put(Samples.key(id), Samples.text("value of " + id));
    }
    Batch batch = all.build();
    long version = RegistryUnderTest.commit(session, batch);
    RegistryUnderTest.read(storage)
        .mustBe(RegistryState.EMPTY.after(batch, version), "after all keys were written at once");
  }

  @Rule(
      value = "1.1",
      expects = "keys are compared byte by byte: deleting one key leaves all that look like it",
      lookAt = "case folding, normalisation, trailing spaces, path and pattern meaning in deletes")
  default void rule_1_1_keysAreComparedByteByByte() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    List<String> ids = KeyCorpus.ids();
    RegistryState expected = RegistryState.EMPTY;
    Batch.Builder all = Batch.of(Samples.HEADER);
    ids.forEach(id -> all.put(Samples.key(id), Samples.text(id)));
    Batch written = all.build();
    expected = expected.after(written, RegistryUnderTest.commit(session, written));
    for (int every : new int[] {2, 3}) {
      List<String> gone = new ArrayList<>();
      for (int i = 0; i < ids.size(); i += every) {
        gone.add(ids.get(i));
      }
      Batch deletes = Samples.delete(gone.toArray(String[]::new));
      expected = expected.after(deletes, RegistryUnderTest.commit(session, deletes));
      RegistryUnderTest.read(storage)
          .mustBe(expected, "after every " + every + ". key was deleted");
    }
  }

  @Rule(
      value = "1.1",
      expects = "the same id under another kind is another record",
      lookAt = "how kind and id are joined: no id may reach into another kind")
  default void rule_1_1_theSameIdUnderAnotherKindIsAnotherRecord() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    List<String> kinds = List.of("a", "a-", "a-a", "a_", "a_a", "a0", "aa", "b", "z".repeat(32));
    List<String> ids = List.of("a", "-a", "_a", "a/a", "/a", "\u0001", "a\u0001a", "\uffff");
    Batch.Builder all = Batch.of(Samples.HEADER);
    for (String kind : kinds) {
      ids.forEach(id -> all.put(new RecordKey(kind, id), Samples.text(kind + "|" + id)));
    }
    Batch written = all.build();
    RegistryState expected =
        RegistryState.EMPTY.after(written, RegistryUnderTest.commit(session, written));
    Batch.Builder some = Batch.of(Samples.HEADER);
    ids.forEach(id -> some.delete(new RecordKey("a", id)));
    Batch deletes = some.build();
    expected = expected.after(deletes, RegistryUnderTest.commit(session, deletes));
    RegistryUnderTest.read(storage).mustBe(expected, "after one kind of nine was deleted");
  }

  @Rule(
      value = "1.2",
      expects = "values of every size up to limits().maxValueBytes() come back, every byte",
      lookAt = "column and packet sizes, length fields, chunks; text types that change bytes")
  default void rule_1_2_valuesOfEverySizeComeBack() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    int most = storage.limits().maxValueBytes();
    for (int size : sizesUpTo(most)) {
      byte[] value = Samples.bytes(size, size);
      RegistryUnderTest.commit(session, Samples.put(Samples.key("value"), value));
      StoredRecord back = only(RegistryUnderTest.read(storage));
      Assertions.assertEquals(size, back.value().length, "the length of a value");
      Assertions.assertTrue(
          Arrays.equals(value, back.value()), "other bytes in a value of " + size);
    }
  }

  @Rule(
      value = "1.2",
      expects = "an empty value is not an absent one",
      lookAt =
          "engines that read an empty value as null, and maps that are asked with get() == null")
  default void rule_1_2_anEmptyValueIsNotAnAbsentOne() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(session, Samples.put("empty", ""));
    Assertions.assertEquals(0, only(RegistryUnderTest.read(storage)).value().length);
    RegistryUnderTest.commit(session, Samples.put("empty", "full"));
    RegistryUnderTest.commit(session, Samples.put("empty", ""));
    Assertions.assertEquals(0, only(RegistryUnderTest.read(storage)).value().length);
  }

  @Rule(
      value = "1.4",
      expects = "arrays that were handed over are copied, or never looked at after the call",
      lookAt = "caches and queues that keep the batch's own arrays")
  default void rule_1_4_laterChangesOfArraysHandedOverAreNotSeen() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    byte[] value = Samples.text("as committed");
    RegistryUnderTest.commit(session, Samples.put(Samples.key("a"), value));
    Arrays.fill(value, (byte) 'x');
    Assertions.assertEquals("as committed", text(only(RegistryUnderTest.read(storage))));
    RegistryUnderTest.commit(session, Samples.delete("b"));
    Assertions.assertEquals("as committed", text(only(RegistryUnderTest.read(storage))));
  }

  @Rule(
      value = "1.4",
      expects = "arrays that are handed out are the caller's own",
      lookAt = "snapshots that hand out the arrays of a cache")
  default void rule_1_4_changesOfArraysHandedOutAreNotSeen() throws Exception {
    Storage storage = underTest().open();
    StorageSession session = RegistryUnderTest.lead(storage);
    RegistryUnderTest.commit(session, Samples.put("a", "as committed"));
    Arrays.fill(only(RegistryUnderTest.read(storage)).value(), (byte) 'x');
    Arrays.fill(RegistryUnderTest.read(storage).header().bytes(), (byte) 'x');
    RegistryState again = RegistryUnderTest.read(storage);
    Assertions.assertEquals("as committed", text(only(again)));
    Assertions.assertEquals(Samples.HEADER, again.header());
  }

  private static int[] sizesUpTo(int most) {
    List<Integer> sizes = new ArrayList<>(List.of(0, 1, most - 1, most));
    for (int power = 2; power > 0 && power <= most; power *= 2) {
      sizes.addAll(List.of(power - 1, power, power + 1));
    }
    return sizes.stream()
        .filter(size -> size <= most)
        .distinct()
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static StoredRecord only(RegistryState state) {
    Assertions.assertEquals(1, state.records().size(), "records that are there");
    return Objects.requireNonNull(state.records().get(state.records().firstKey()));
  }

  private static String text(StoredRecord record) {
    return new String(record.value(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
