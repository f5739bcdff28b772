package io.registrar.spi;

import java.util.Objects;

/**
 * A key and the bytes stored under it.
 *
 * <p>The array is not copied (rule 1.4): one handed to a storage is copied by it, or never looked
 * at again once the call has returned; one that a storage hands out is the caller's own. An empty
 * value is a value, not an absent one.
 *
 * @param key which record
 * @param value its bytes, 0 to {@link Limits#maxValueBytes()}
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredRecord(RecordKey key, byte[] value) {
  /** What a key counts for in a batch's size besides its kind, id and value, in bytes (2.4). */
  static final int OVERHEAD_BYTES = 64;

  public StoredRecord {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }

  /** What this record counts for in a batch: kind + id + value + 64 bytes (rule 2.4). */
  public int countedBytes() {
    return countedBytes(key) + value.length;
  }

  /** What the deletion of a key counts for in a batch: kind + id + 64 bytes (rule 2.4). */
  public static int countedBytes(RecordKey key) {
    return key.kind().length() + key.idBytes() + OVERHEAD_BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredRecord that
        && key.equals(that.key)
        && java.util.Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + java.util.Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return key + " (" + value.length + " bytes)";
  }
}
