package io.registrar;

import io.registrar.record.AuditEntry;
import io.registrar.record.Records;
import io.registrar.spi.RecordKey;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The history as records: entries are numbered, the newest is put, and the oldest are removed when
 * there are too many or they take too much.
 *
 * <p>Immutable, so that a batch that fails leaves no trace.
 */
final class AuditRing {
  private static final int MAX_DETAIL = 1024;

  private final AuditLimits limits;
  private final long oldest;
  private final long next;
  private final long bytes;

  private AuditRing(AuditLimits limits, long oldest, long next, long bytes) {
    this.limits = limits;
    this.oldest = oldest;
    this.next = next;
    this.bytes = bytes;
  }

  /** The ring that these records hold. */
  static AuditRing of(Records records, AuditLimits limits) {
    long oldest = 1;
    long last = 0;
    long bytes = 0;
    Iterator<AuditEntry> entries = records.all(AuditEntry.TYPE).iterator();
    while (entries.hasNext()) {
      long sequence = entries.next().sequence();
      oldest = bytes == 0 ? sequence : oldest;
      last = sequence;
      bytes += records.valueBytes(keyOf(sequence));
    }
    return new AuditRing(limits, oldest, last + 1, bytes);
  }

  /** The edit's records with what it wants remembered, and the keys that changed by it. */
  Added with(RegistryEdit edit) {
    Set<RecordKey> changed = new LinkedHashSet<>();
    Records records = edit.records();
    long first = oldest;
    long last = next;
    long size = bytes;
    for (RegistryEdit.AuditNote note : edit.notes()) {
      records = records.with(AuditEntry.TYPE, entry(last, note, edit));
      size += records.valueBytes(keyOf(last));
      changed.add(keyOf(last));
      last++;
      while (last - first > limits.entries() || (size > limits.bytes() && last - first > 1)) {
        size -= Math.max(0, records.valueBytes(keyOf(first)));
        records = records.without(keyOf(first));
        changed.add(keyOf(first));
        first++;
      }
    }
    return new Added(new AuditRing(limits, first, last, size), records, changed);
  }

  private static AuditEntry entry(long sequence, RegistryEdit.AuditNote note, RegistryEdit edit) {
    String detail = note.detail();
    return new AuditEntry(
        sequence,
        edit.now(),
        edit.principal().name(),
        note.action(),
        note.kind(),
        note.subjects(),
        detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL));
  }

  private static RecordKey keyOf(long sequence) {
    return AuditEntry.TYPE.key(AuditEntry.idOf(sequence));
  }

  /**
   * @param ring the ring afterwards
   * @param records the records with the new entries, and without the oldest
   * @param changed the keys of the entries that came or went
   */
  record Added(AuditRing ring, Records records, Set<RecordKey> changed) {}
}
