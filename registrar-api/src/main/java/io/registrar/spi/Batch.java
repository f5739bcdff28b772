package io.registrar.spi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one commit writes: a header, and at least one put or delete, each key once. All of it takes
 * effect, or none (rule 2.1).
 *
 * <p>Immutable, but for the arrays in its records, which are handed over under rule 1.4.
 */
public final class Batch {
  private final Header header;
  private final List<StoredRecord> puts;
  private final List<RecordKey> deletes;
  private final long countedBytes;

  private Batch(Builder builder) {
    header = builder.header;
    puts = List.copyOf(builder.puts);
    deletes = List.copyOf(builder.deletes);
    countedBytes = builder.countedBytes;
  }

  /** Begins a batch that will move the head to this header. */
  public static Builder of(Header header) {
    return new Builder(header);
  }

  public Header header() {
    return header;
  }

  /** The records to write, in the order in which they were added. */
  public List<StoredRecord> puts() {
    return puts;
  }

  /** The keys to delete, in the order in which they were added; some may be absent (2.5). */
  public List<RecordKey> deletes() {
    return deletes;
  }

  /** How many keys it touches. */
  public int keys() {
    return puts.size() + deletes.size();
  }

  /**
   * Its size as limits count it (rule 2.4): kind + id + value + 64 bytes a key; the header is not
   * counted.
   */
  public long countedBytes() {
    return countedBytes;
  }

  @Override
  public String toString() {
    return "batch of "
        + puts.size()
        + " puts, "
        + deletes.size()
        + " deletes, "
        + countedBytes
        + " bytes";
  }

  /** Collects the changes of one batch. Not thread-safe. */
  public static final class Builder {
    private final Header header;
    private final List<StoredRecord> puts = new ArrayList<>();
    private final List<RecordKey> deletes = new ArrayList<>();
    private final Set<RecordKey> keys = new HashSet<>();
    private long countedBytes;

    private Builder(Header header) {
      this.header = Objects.requireNonNull(header, "header");
    }

    /**
     * @throws IllegalArgumentException if the batch has a change under this key already
     */
    public Builder put(RecordKey key, byte[] value) {
      StoredRecord put = new StoredRecord(key, value);
      claim(key);
      puts.add(put);
      countedBytes += put.countedBytes();
      return this;
    }

    /**
     * @throws IllegalArgumentException if the batch has a change under this key already
     */
    public Builder delete(RecordKey key) {
      claim(key);
      deletes.add(key);
      countedBytes += StoredRecord.countedBytes(key);
      return this;
    }

    /**
     * @throws IllegalArgumentException if there is neither a put nor a delete
     */
    public Batch build() {
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("a batch has at least one put or delete; got none");
      }
      return new Batch(this);
    }

    private void claim(RecordKey key) {
      if (!keys.add(Objects.requireNonNull(key, "key"))) {
        throw new IllegalArgumentException("a batch names each key once; got twice " + key);
      }
    }
  }
}
