package io.registrar.log.registry;

import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records by key that change in place, and of which a {@link #view} can be taken at any moment: a
 * part that is changed after a view was taken of it is copied first. So a change costs what it does
 * in a {@link HashMap}, and a view no more than the copies of the parts that change after it.
 *
 * <p>Not thread-safe; but a view that was handed over safely is immutable.
 */
final class RecordTable {
  private static final int PARTS = 1 << 10;

  private final List<Map<RecordKey, byte[]>> parts = new ArrayList<>(PARTS);
  private final boolean[] inView = new boolean[PARTS];
  private long bytes;

  RecordTable() {
    for (int i = 0; i < PARTS; i++) {
      parts.add(Map.of());
    }
    Arrays.fill(inView, true);
  }

  /** What the records count for in a batch (rule 2.4). */
  long bytes() {
    return bytes;
  }

  /** Makes the changes of a batch, or adds a chunk's records. The arrays are kept. */
  void apply(Contents changes) {
    for (RecordKey key : changes.deletes()) {
      bytes -= weight(key, part(key).remove(key));
    }
    for (StoredRecord put : changes.puts()) {
      byte[] before = part(put.key()).put(put.key(), put.value());
      bytes += put.countedBytes() - weight(put.key(), before);
    }
  }

  /** All records as they are now; never changes. */
  Iterable<Map.Entry<RecordKey, byte[]>> view() {
    Arrays.fill(inView, true);
    List<Map<RecordKey, byte[]>> seen = List.copyOf(parts);
    return () -> seen.stream().flatMap(part -> part.entrySet().stream()).iterator();
  }

  private Map<RecordKey, byte[]> part(RecordKey key) {
    int hash = key.hashCode();
    int index = (hash ^ hash >>> 10 ^ hash >>> 20) & PARTS - 1;
    if (inView[index]) {
      parts.set(index, new HashMap<>(parts.get(index)));
      inView[index] = false;
    }
    return parts.get(index);
  }

  private static long weight(RecordKey key, byte @org.jspecify.annotations.Nullable [] value) {
    return value == null ? 0 : StoredRecord.countedBytes(key) + value.length;
  }
}
