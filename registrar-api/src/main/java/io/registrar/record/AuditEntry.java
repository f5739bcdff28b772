package io.registrar.record;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Who did what to which records, and when: written with the change itself, in the same commit.
 *
 * @param sequence its number, from 1, without gaps
 * @param at when, by the clock of the master that led
 * @param principal who asked for it
 * @param action what was done, such as {@code agent removed}
 * @param subjectKind the kind of the records that it was done to
 * @param subjects the ids of these records; one that concerns many is told in several entries
 * @param detail more about it; may be empty
 */
public record AuditEntry(
    long sequence,
    Instant at,
    String principal,
    String action,
    String subjectKind,
    List<String> subjects,
    String detail) {
  /** Audit entries, under their numbers, so that the order of the ids is that of time. */
  public static final RecordType<AuditEntry> TYPE =
      RecordType.json("audit", AuditEntry.class, entry -> idOf(entry.sequence()));

  public AuditEntry {
    subjects = subjects == null ? List.of() : List.copyOf(subjects);
  }

  /** Whether it was done to this record. */
  public boolean concerns(RecordType<?> type, String id) {
    return type.kind().equals(subjectKind) && subjects.contains(id);
  }

  /** The id under which the entry of this number is kept. */
  public static String idOf(long sequence) {
    return String.format(Locale.ROOT, "%019d", sequence);
  }
}
