package io.registrar.record;

import io.registrar.spi.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The official records as of one version: a view that never changes, and that any thread may keep
 * and read for as long as it likes.
 *
 * @param version the commit that made this state; it grows with every commit
 * @param epoch the epoch of the leader that holds this view
 * @param records the records themselves
 */
public record Registry(long version, long epoch, Records records) {
  /**
   * The record of this type and id.
   *
   * @throws IllegalArgumentException if the id is malformed
   */
  public <V> Optional<V> get(RecordType<V> type, String id) {
    return records.get(type, id);
  }

  /** All records of a type, in the order of their ids' bytes; read lazily. */
  public <V> Stream<V> all(RecordType<V> type) {
    return records.all(type);
  }

  /**
   * The records of a type whose ids come after this one, in the order of their ids' bytes; read
   * lazily. With the last id of one page, this is the next.
   */
  public <V> Stream<V> after(RecordType<V> type, String id) {
    return records.after(type, id);
  }

  /** How many records of a type there are. */
  public int count(RecordType<?> type) {
    return records.count(type.kind());
  }

  /** Every record as it is stored, known types or not, by kind and id. */
  public Stream<StoredRecord> stored() {
    return records.stored();
  }

  /** The kinds of which there are records. */
  public List<String> kinds() {
    return records.kinds();
  }

  /** How many records there are, of all kinds. */
  public int size() {
    return records.size();
  }

  /** The sum of the lengths of all values, in bytes. */
  public long sizeBytes() {
    return records.sizeBytes();
  }

  /** The digest of all records. */
  public Digest digest() {
    return records.digest();
  }

  @Override
  public String toString() {
    return "registry at version " + version + ", epoch " + epoch + ", " + size() + " records";
  }
}
