package io.registrar;

import io.registrar.record.RecordType;
import io.registrar.record.Records;
import io.registrar.spi.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The registry as one operation sees and changes it: with what the operations before it in the
 * batch have done, and with its own changes so far. Used by one thread, and only while the
 * operation runs.
 */
public final class RegistryEdit {
  private static final int MAX_SUBJECTS_LENGTH = 16 * 1024; // characters in one entry

  private final Principal principal;
  private final Instant now;
  private final Set<RecordKey> changed = new LinkedHashSet<>();
  private final List<AuditNote> notes = new ArrayList<>();
  private Records records;

  RegistryEdit(Records records, Principal principal, Instant now) {
    this.records = records;
    this.principal = principal;
    this.now = now;
  }

  /** Who asked for the operation. */
  public Principal principal() {
    return principal;
  }

  /** The time of the decision, by this master's clock; the same for the whole operation. */
  public Instant now() {
    return now;
  }

  /** The record of this type and id. */
  public <V> Optional<V> get(RecordType<V> type, String id) throws Refusal {
    try {
      return records.get(type, id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Cause.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** All records of a type, in the order of their ids' bytes; read lazily. */
  public <V> Stream<V> all(RecordType<V> type) {
    return records.all(type);
  }

  /** The records of a type whose ids come after this text, in the order of their ids' bytes. */
  public <V> Stream<V> after(RecordType<V> type, String id) {
    return records.after(type, id);
  }

  /** How many records of a type there are. */
  public int count(RecordType<?> type) {
    return records.count(type.kind());
  }

  /**
   * Puts a record in place of the one of its id, if there is one. If that one is equal, nothing
   * changes.
   *
   * @throws Refusal if the value cannot be stored as it is
   */
  public <V> void put(RecordType<V> type, V value) throws Refusal {
    try {
      Records with = records.with(type, value);
      if (with != records) {
        records = with;
        changed.add(type.keyOf(value));
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          Refusal.Cause.INVALID, "the " + type + " cannot be stored: " + e.getMessage());
    }
  }

  /** Removes a record; nothing changes if there is none. */
  public void remove(RecordType<?> type, String id) throws Refusal {
    try {
      RecordKey key = type.key(id);
      Records without = records.without(key);
      if (without != records) {
        records = without;
        changed.add(key);
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Cause.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Notes for the history that this operation did something worth remembering to a record; who and
   * when are added. Written in the same commit, and only if the operation changes something.
   *
   * @param action what was done, such as {@code agent removed}
   * @param type the type of the record
   * @param id the id of the record
   * @param detail more about it, cut at 1,024 characters; may be empty
   */
  public void audit(String action, RecordType<?> type, String id, String detail) {
    auditAll(action, type, List.of(id), detail);
  }

  /**
   * Notes for the history that this operation did one thing to many records: a few entries that
   * name all of them.
   *
   * @param action what was done, such as {@code agents pruned}
   * @param type the type of the records
   * @param ids the ids of the records
   * @param detail more about it, cut at 1,024 characters; may be empty
   */
  public void auditAll(String action, RecordType<?> type, Collection<String> ids, String detail) {
    List<String> subjects = new ArrayList<>();
    int length = 0;
    for (String id : ids) {
      if (length > 0 && length + id.length() > MAX_SUBJECTS_LENGTH) {
        notes.add(new AuditNote(action, type.kind(), List.copyOf(subjects), detail));
        subjects.clear();
        length = 0;
      }
      subjects.add(id);
      length += id.length();
    }
    if (!subjects.isEmpty()) {
      notes.add(new AuditNote(action, type.kind(), List.copyOf(subjects), detail));
    }
  }

  boolean isChanged() {
    return !changed.isEmpty();
  }

  Set<RecordKey> changed() {
    return changed;
  }

  Records records() {
    return records;
  }

  List<AuditNote> notes() {
    return notes;
  }

  /** What an operation wants remembered. */
  record AuditNote(String action, String kind, List<String> subjects, String detail) {}
}
