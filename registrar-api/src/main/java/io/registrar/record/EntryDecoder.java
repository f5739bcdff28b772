package io.registrar.record;

import io.registrar.spi.StoredRecord;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Makes entries of stored records, decoded where this program knows the kind. Thread-safe. */
final class EntryDecoder {
  private final Map<String, RecordType<?>> types = new TreeMap<>();

  EntryDecoder(Collection<RecordType<?>> types) {
    types.forEach(type -> this.types.put(type.kind(), type));
  }

  /**
   * The record's array is kept.
   *
   * @throws IllegalArgumentException if it cannot be decoded; the message names it
   */
  Entry decode(StoredRecord record) {
    Entry entry = Entry.of(record);
    RecordType<?> type = types.get(record.key().kind());
    if (type != null) {
      Records.valueOf(entry, type);
    }
    return entry;
  }
}
