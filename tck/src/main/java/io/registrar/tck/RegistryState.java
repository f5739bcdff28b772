package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;

/**
 * What a registry holds at a version. Two are equal if every byte and the label are; the epoch is
 * not part of it, for it moves without a commit. Immutable, if its arrays are left alone.
 */
record RegistryState(long version, Header header, SortedMap<RecordKey, StoredRecord> records) {
  static final RegistryState EMPTY = new RegistryState(0, Header.EMPTY, new TreeMap<>());
  private static final int SHOWN = 5;

  /** Reads a snapshot to its end, and closes it. */
  static RegistryState drain(Snapshot snapshot) throws StorageException {
    return drain(snapshot, new TreeMap<>());
  }

  /** Reads the rest of a snapshot of which these records have been read. */
  static RegistryState drain(Snapshot snapshot, SortedMap<RecordKey, StoredRecord> records)
      throws StorageException {
    try (snapshot) {
      for (Optional<StoredRecord> next = snapshot.next();
          next.isPresent();
          next = snapshot.next()) {
        take(next.get(), records);
      }
      return new RegistryState(snapshot.version(), snapshot.header(), records);
    }
  }

  static void take(StoredRecord next, Map<RecordKey, StoredRecord> into) {
    if (into.put(next.key(), next) != null) {
      Assertions.fail("a snapshot gave the record " + next.key() + " twice");
    }
  }

  /** The state after this batch became this version. */
  RegistryState after(Batch batch, long newVersion) {
    SortedMap<RecordKey, StoredRecord> changed = new TreeMap<>(records);
    batch.deletes().forEach(changed::remove);
    batch
        .puts()
        .forEach(put -> changed.put(put.key(), new StoredRecord(put.key(), put.value().clone())));
    return new RegistryState(newVersion, batch.header(), changed);
  }

  /** Fails unless this is exactly the expected state; names the first records that differ. */
  void mustBe(RegistryState expected, String when) {
    List<String> differences = new ArrayList<>();
    if (version != expected.version) {
      differences.add("version " + version + " instead of " + expected.version);
    }
    if (!header.equals(expected.header)) {
      differences.add("another header (" + header + " instead of " + expected.header + ")");
    }
    TreeSet<RecordKey> keys = new TreeSet<>(records.keySet());
    keys.addAll(expected.records.keySet());
    for (RecordKey key : keys) {
      difference(key, expected).ifPresent(differences::add);
    }
    if (!differences.isEmpty()) {
      Assertions.fail(
          when
              + ": "
              + differences.size()
              + " differences in "
              + records.size()
              + " records: "
              + String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size()))));
    }
  }

  private Optional<String> difference(RecordKey key, RegistryState expected) {
    StoredRecord actual = records.get(key);
    StoredRecord wanted = expected.records.get(key);
    if (java.util.Objects.equals(actual, wanted)) {
      return Optional.empty();
    } else if (actual == null) {
      return Optional.of("missing " + wanted);
    } else if (wanted == null) {
      return Optional.of("unexpected " + actual);
    } else {
      return Optional.of("other bytes in " + actual + ", expected " + wanted);
    }
  }
}
