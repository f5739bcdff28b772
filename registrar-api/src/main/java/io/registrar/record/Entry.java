package io.registrar.record;

import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One record in memory: its bytes as they are stored, its share of the digest, and its value. */
final class Entry {
  /** Whether the bytes may hold what this program does not know of the record. */
  private enum Unknown {
    NONE,
    POSSIBLE
  }

  private final RecordKey key;
  private final byte[] bytes;
  private final Digest digest;
  private final Unknown unknown;

  // Decoded on first use: two threads may both do it, and either result will do.
  private @Nullable Object value;

  private Entry(RecordKey key, byte[] bytes, @Nullable Object value, Unknown unknown) {
    this.key = key;
    this.bytes = bytes;
    this.digest = Digest.of(key, bytes);
    this.value = value;
    this.unknown = unknown;
  }

  /** What a storage holds; the array is kept. */
  static Entry of(StoredRecord stored) {
    return new Entry(stored.key(), stored.value(), null, Unknown.POSSIBLE);
  }

  /**
   * A value encoded anew, with what this program does not know of the record that it replaces. The
   * search for such is saved where this program alone has made that record.
   *
   * @throws IllegalArgumentException if the value cannot be encoded
   */
  static <V> Entry of(RecordKey key, RecordType<V> type, V value, @Nullable Entry before) {
    byte[] known = type.codec().encode(value, null);
    if (before == null || before.unknown == Unknown.NONE) {
      return new Entry(key, known, value, Unknown.NONE);
    }
    byte[] kept = type.codec().encode(value, before.bytes);
    Unknown unknown = Arrays.equals(kept, known) ? Unknown.NONE : Unknown.POSSIBLE;
    return new Entry(key, kept, value, unknown);
  }

  RecordKey key() {
    return key;
  }

  /** The stored bytes; not copied, and never changed. */
  byte[] bytes() {
    return bytes;
  }

  Digest digest() {
    return digest;
  }

  /**
   * The digest times a weight that only the key decides, so that the sum of these tells which key a
   * difference comes from.
   */
  Digest located() {
    return digest.times(weight());
  }

  /** An odd number that only the key decides: its FNV-1a hash. */
  long weight() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.kind().length(); i++) {
      hash = (hash ^ key.kind().charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ '/') * 0x100000001b3L;
    for (int i = 0; i < key.id().length(); i++) {
      hash = (hash ^ key.id().charAt(i)) * 0x100000001b3L;
    }
    return hash | 1;
  }

  /**
   * @throws IllegalArgumentException if the bytes are no value of that type, or one with another id
   */
  <V> V value(RecordType<V> type) {
    @SuppressWarnings("unchecked") // one kind has one type in a registrar
    V decoded = (V) value;
    if (decoded == null) {
      decoded = type.codec().decode(bytes);
      RecordKey claimed = type.keyOf(decoded);
      if (!claimed.equals(key)) {
        throw new IllegalArgumentException("it says that it is " + claimed);
      }
      value = decoded;
    }
    return decoded;
  }
}
