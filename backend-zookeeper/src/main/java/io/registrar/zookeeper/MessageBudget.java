package io.registrar.zookeeper;

import io.registrar.spi.Header;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Limits;
import io.registrar.spi.RecordKey;
import org.apache.jute.BinaryInputArchive;

/**
 * How large a batch may be so that the request that commits it is within the servers' {@code
 * jute.maxbuffer}. A server ends the connection over a larger one, which would look like a network
 * fault and be tried for ever; so every byte is accounted for in advance, at its worst.
 *
 * @param maxRequestBytes the largest request that the servers take
 * @param limits what follows for batches and values
 */
record MessageBudget(int maxRequestBytes, Limits limits) {
  /** ZooKeeper's default for {@code jute.maxbuffer}, in bytes. */
  static final int DEFAULT_BYTES = 0xfffff;

  /** The largest that may be asked for: larger values would not fit a size class. */
  static final int MOST_BYTES = 64 << 20;

  /** How many bytes of batch a key is expected to bring at least, when keys are counted. */
  private static final int BYTES_PER_KEY = DEFAULT_BYTES / Limits.LEAST_BATCH_KEYS;

  /** What the wire adds to one operation: its kind, lengths of path and data, a version. */
  private static final int OPERATION_BYTES = 9 + 4 + 4 + 4;

  /** What a batch counts for a key besides kind, id and value (rule 2.4). */
  private static final int COUNTED_OVERHEAD = 64;

  /**
   * @param root the registry's root node: its length is part of every path
   * @throws IncompatibleException if the least batch of the contract does not fit; the message says
   *     what does
   */
  static MessageBudget of(int maxRequestBytes, String root, Access access)
      throws IncompatibleException {
    int keys = Math.max(Limits.LEAST_BATCH_KEYS, maxRequestBytes / BYTES_PER_KEY);
    long batch = batchBytes(maxRequestBytes, keys, root, access);
    if (batch < Limits.LEAST_BATCH_BYTES) {
      throw new IncompatibleException(
          "requests of "
              + maxRequestBytes
              + " bytes (--zk_max_buffer) leave "
              + Math.max(0, batch)
              + " bytes for a batch of "
              + keys
              + " keys below "
              + root
              + ", and a registry needs "
              + Limits.LEAST_BATCH_BYTES
              + ": choose a shorter path, or set jute.maxbuffer on every server, and"
              + " --zk_max_buffer, to "
              + least(root, access)
              + " or more");
    }
    // Our own reader refuses a single value beyond its process-wide jute.maxbuffer.
    long value =
        Math.min(
            batch - RecordKey.MAX_KIND_LENGTH - RecordKey.MAX_ID_BYTES - COUNTED_OVERHEAD,
            BinaryInputArchive.maxBuffer
                - RecordKey.MAX_KIND_LENGTH
                - RecordKey.MAX_ID_BYTES
                - RecordNode.OVERHEAD_BYTES);
    return new MessageBudget(maxRequestBytes, new Limits((int) value, batch, keys));
  }

  private static int least(String root, Access access) {
    int bytes = DEFAULT_BYTES;
    while (batchBytes(bytes, Math.max(Limits.LEAST_BATCH_KEYS, bytes / BYTES_PER_KEY), root, access)
        < Limits.LEAST_BATCH_BYTES) {
      bytes += 64 << 10;
    }
    return bytes;
  }

  private static long batchBytes(int request, int keys, String root, Access access) {
    int path = root.length() + Layout.LONGEST_RECORD_PATH;
    int head = OPERATION_BYTES + path + Checksum.LENGTH + Head.MAX_LINE_BYTES + Header.MAX_BYTES;
    int check = OPERATION_BYTES + path;
    int journal = OPERATION_BYTES + path + access.wireBytes() + JournalEntry.MAX_BYTES;
    long fixed = check + 2L * head + journal + 64;
    long perKey =
        OPERATION_BYTES + path + access.wireBytes() + RecordNode.OVERHEAD_BYTES - COUNTED_OVERHEAD;
    // A record that outgrows its node brings a second operation, but is large itself.
    long renaming = OPERATION_BYTES + path;
    long least = SizeClass.UP_TO_4K.bytes();
    return (request - fixed - keys * perKey) * least / (least + renaming);
  }
}
