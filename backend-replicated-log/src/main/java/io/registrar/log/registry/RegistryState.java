package io.registrar.log.registry;

import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * A registry as of one position of the log. Immutable; the next one shares what has not changed.
 *
 * @param epoch in force
 * @param version in force
 * @param header written with that version
 * @param records by key; the arrays are never changed
 * @param bytes what the records count for in a batch
 */
record RegistryState(
    long epoch, long version, Header header, HashPMap<RecordKey, byte[]> records, long bytes) {

  static final RegistryState EMPTY = new RegistryState(0, 0, Header.EMPTY, HashTreePMap.empty(), 0);

  RegistryState at(long newEpoch, long newVersion) {
    return new RegistryState(newEpoch, newVersion, header, records, bytes);
  }

  /** With a batch's changes, or a chunk's records. */
  RegistryState with(Contents changes) {
    HashPMap<RecordKey, byte[]> next = records;
    long size = bytes;
    for (RecordKey key : changes.deletes()) {
      size -= weight(key, next.get(key));
      next = next.minus(key);
    }
    for (StoredRecord put : changes.puts()) {
      size += put.countedBytes() - weight(put.key(), next.get(put.key()));
      next = next.plus(put.key(), put.value());
    }
    return new RegistryState(epoch, version, changes.header(), next, size);
  }

  @SuppressWarnings("NullAway") // absent is null in every Map
  private static long weight(RecordKey key, byte @org.jspecify.annotations.Nullable [] value) {
    return value == null ? 0 : StoredRecord.countedBytes(key) + value.length;
  }
}
