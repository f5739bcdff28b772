package io.registrar.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value or a batch is over one of the storage's {@link Limits}; nothing was written, and the
 * session goes on (rule 1.3).
 */
public final class LimitExceededException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final String limitName;
  private final long limit;
  private final long size;
  private final transient @Nullable RecordKey key;

  /**
   * @param limitName the component of {@link Limits} that was exceeded
   * @param limit what is allowed
   * @param size what was asked for
   * @param key the record to blame, where it is one
   */
  public LimitExceededException(String limitName, long limit, long size, @Nullable RecordKey key) {
    super(
        (key == null ? "the batch" : "the record " + key)
            + " is over the storage's limit: "
            + limitName
            + " is "
            + limit
            + ", and this is "
            + size,
        null);
    this.limitName = limitName;
    this.limit = limit;
    this.size = size;
    this.key = key;
  }

  static LimitExceededException value(StoredRecord put, int limit) {
    return new LimitExceededException("maxValueBytes", limit, put.value().length, put.key());
  }

  static LimitExceededException batchKeys(Batch batch, int limit) {
    return new LimitExceededException("maxBatchKeys", limit, batch.keys(), null);
  }

  static LimitExceededException batchBytes(Batch batch, long limit) {
    return new LimitExceededException("maxBatchBytes", limit, batch.countedBytes(), null);
  }

  /** The component of {@link Limits} that was exceeded. */
  public String limitName() {
    return limitName;
  }

  /** What is allowed. */
  public long limit() {
    return limit;
  }

  /** What was asked for. */
  public long size() {
    return size;
  }

  /** The record to blame, where it is one. */
  public Optional<RecordKey> key() {
    return Optional.ofNullable(key);
  }
}
