package io.registrar.spi;

/**
 * The largest value and batch that a storage accepts (rules 1.2, 2.4). What is over a limit is
 * refused before anything is written (rule 1.3).
 *
 * @param maxValueBytes the largest value, in bytes; at least {@value #LEAST_VALUE_BYTES}
 * @param maxBatchBytes the largest batch as {@link Batch#countedBytes()} counts it; at least
 *     {@value #LEAST_BATCH_BYTES}
 * @param maxBatchKeys the most keys in a batch; at least {@value #LEAST_BATCH_KEYS}
 */
public record Limits(int maxValueBytes, long maxBatchBytes, int maxBatchKeys) {
  /** No storage accepts less in a value: 256 KiB. */
  public static final int LEAST_VALUE_BYTES = 256 * 1024;

  /** No storage accepts less in a batch: 512 KiB. */
  public static final long LEAST_BATCH_BYTES = 512 * 1024;

  /** No storage accepts fewer keys in a batch. */
  public static final int LEAST_BATCH_KEYS = 4_000;

  /** The least that the contract allows. */
  public static final Limits LEAST =
      new Limits(LEAST_VALUE_BYTES, LEAST_BATCH_BYTES, LEAST_BATCH_KEYS);

  /**
   * @throws IllegalArgumentException if a limit is below the least that the contract allows
   */
  public Limits {
    atLeast("maxValueBytes", maxValueBytes, LEAST_VALUE_BYTES);
    atLeast("maxBatchBytes", maxBatchBytes, LEAST_BATCH_BYTES);
    atLeast("maxBatchKeys", maxBatchKeys, LEAST_BATCH_KEYS);
  }

  /**
   * Checks a batch before anything of it is written.
   *
   * @throws LimitExceededException naming the limit, the size, and the key where one is to blame
   */
  public void check(Batch batch) throws LimitExceededException {
    for (StoredRecord put : batch.puts()) {
      if (put.value().length > maxValueBytes) {
        throw LimitExceededException.value(put, maxValueBytes);
      }
    }
    if (batch.keys() > maxBatchKeys) {
      throw LimitExceededException.batchKeys(batch, maxBatchKeys);
    }
    if (batch.countedBytes() > maxBatchBytes) {
      throw LimitExceededException.batchBytes(batch, maxBatchBytes);
    }
  }

  private static void atLeast(String name, long limit, long least) {
    if (limit < least) {
      throw new IllegalArgumentException(
          name + " is at least " + least + " in every storage (rules 1.2, 2.4); got " + limit);
    }
  }
}
