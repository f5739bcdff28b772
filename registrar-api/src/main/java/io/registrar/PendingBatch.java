package io.registrar;

import io.registrar.record.Records;
import io.registrar.record.Registry;
import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.Limits;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Operations gathered for one commit, each decided on the state that the ones before it leave.
 *
 * <p>Invariants: 1. {@code records} is the base with exactly the changes of the operations taken;
 * 2. {@code values} has every key on which it differs from the base, with the bytes of its value,
 * if it has one; 3. the batch that {@link #build} gives is within the limits.
 */
final class PendingBatch {
  private final Limits limits;
  private AuditRing ring;
  private final List<Submission.OfOperation<?>> taken = new ArrayList<>();
  private final Map<RecordKey, Optional<byte[]>> values = new LinkedHashMap<>();
  private Records records;
  private long countedBytes;
  private int unchanged;
  private int refused;

  PendingBatch(Registry base, AuditRing ring, Limits limits) {
    this.limits = limits;
    this.ring = ring;
    this.records = base.records();
  }

  /** Whether an operation has found its place in this batch. */
  enum Fit {
    TAKEN,
    /** It would make the batch larger than the storage accepts: it goes into the next. */
    FULL
  }

  /** Decides an operation on the state so far, and takes it into the batch if it fits. */
  Fit offer(Submission.OfOperation<?> submission, Instant now) {
    RegistryEdit edit = new RegistryEdit(records, submission.principal(), now);
    Submission.Decision decision = submission.decide(edit);
    if (decision != Submission.Decision.WRITE) {
      taken.add(submission);
      unchanged += decision == Submission.Decision.UNCHANGED ? 1 : 0;
      refused += decision == Submission.Decision.REFUSED ? 1 : 0;
      return Fit.TAKEN;
    }
    AuditRing.Added audited = ring.with(edit);
    Map<RecordKey, Optional<byte[]>> valuesNow = new LinkedHashMap<>();
    Optional<String> tooLarge = collect(edit.changed(), audited, valuesNow);
    long bytesNow = countedBytes;
    int newKeys = 0;
    for (Map.Entry<RecordKey, Optional<byte[]>> changed : valuesNow.entrySet()) {
      Optional<byte[]> before = values.get(changed.getKey());
      bytesNow += countedBytes(changed.getKey(), changed.getValue());
      if (before == null) {
        newKeys++;
      } else {
        bytesNow -= countedBytes(changed.getKey(), before);
      }
    }
    int keysNow = values.size() + newKeys;
    if (tooLarge.isEmpty()
        && (bytesNow > limits.maxBatchBytes() || keysNow > limits.maxBatchKeys())) {
      if (!values.isEmpty()) {
        return Fit.FULL;
      }
      tooLarge = Optional.of(describe(bytesNow, keysNow));
    }
    taken.add(submission);
    if (tooLarge.isPresent()) {
      submission.refuse(Refusal.Cause.LIMIT, tooLarge.get());
      refused++;
      return Fit.TAKEN;
    }
    ring = audited.ring();
    records = audited.records();
    values.putAll(valuesNow);
    countedBytes = bytesNow;
    return Fit.TAKEN;
  }

  private Optional<String> collect(
      Set<RecordKey> edited, AuditRing.Added audited, Map<RecordKey, Optional<byte[]>> into) {
    for (Set<RecordKey> keys : List.of(edited, audited.changed())) {
      for (RecordKey key : keys) {
        Optional<byte[]> value = audited.records().bytes(key);
        if (value.isPresent() && value.get().length > limits.maxValueBytes()) {
          return Optional.of(
              "the record "
                  + key
                  + " would take "
                  + value.get().length
                  + " bytes, and the storage's limit maxValueBytes is "
                  + limits.maxValueBytes());
        }
        into.put(key, value);
      }
    }
    return Optional.empty();
  }

  private static long countedBytes(RecordKey key, Optional<byte[]> value) {
    return StoredRecord.countedBytes(key) + value.map(bytes -> bytes.length).orElse(0);
  }

  private String describe(long bytes, int keys) {
    return bytes > limits.maxBatchBytes()
        ? "the operation would write "
            + bytes
            + " bytes at once, and the storage's limit maxBatchBytes is "
            + limits.maxBatchBytes()
        : "the operation would write "
            + keys
            + " records at once, and the storage's limit maxBatchKeys is "
            + limits.maxBatchKeys();
  }

  /** The operations of this batch, in their order. */
  List<Submission.OfOperation<?>> taken() {
    return taken;
  }

  /** The state after the batch. */
  Records records() {
    return records;
  }

  /** The history after the batch. */
  AuditRing ring() {
    return ring;
  }

  /** How many operations in it change nothing. */
  int unchanged() {
    return unchanged;
  }

  /** How many operations in it are refused. */
  int refused() {
    return refused;
  }

  int keys() {
    return values.size();
  }

  long countedBytes() {
    return countedBytes;
  }

  /** What to commit; there is something to write. */
  Batch build(Header header) {
    Batch.Builder batch = Batch.of(header);
    values.forEach(
        (key, value) ->
            value.ifPresentOrElse(bytes -> batch.put(key, bytes), () -> batch.delete(key)));
    return batch.build();
  }
}
