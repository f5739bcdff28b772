package io.registrar.tck.history;

import io.registrar.record.Digest;
import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a registry holds at a version, as digests, and the batches that its markers name with the
 * version that each followed.
 */
record State(
    long version,
    long headOp,
    Map<RecordKey, Digest> records,
    Digest digest,
    TreeMap<Integer, Long> markers) {

  private static final KnownDigests DIGESTS = new KnownDigests();

  static State empty() {
    return new State(0, 0, new HashMap<>(), Digest.EMPTY, new TreeMap<>());
  }

  /** Reads a snapshot to its end, and closes it. */
  static State of(Snapshot snapshot) throws StorageException {
    try (snapshot) {
      Map<RecordKey, Digest> records = new HashMap<>();
      Digest sum = Digest.EMPTY;
      TreeMap<Integer, Long> markers = new TreeMap<>();
      for (Optional<StoredRecord> next = snapshot.next();
          next.isPresent();
          next = snapshot.next()) {
        StoredRecord record = next.get();
        Digest digest = DIGESTS.of(record.key(), record.value());
        records.put(record.key(), digest);
        sum = sum.plus(digest);
        if (record.key().kind().equals(Operation.MARKER)) {
          markers.put(Integer.valueOf(record.key().id()), Operation.number(record.value()));
        }
      }
      long head = Operation.number(snapshot.header().bytes());
      return new State(snapshot.version(), head, records, sum, markers);
    }
  }

  Call.Seen seen() {
    return new Call.Seen(version, digest, headOp);
  }

  /** The state after a batch; this one's map goes over to it. */
  State after(Batch batch, long newVersion) {
    Digest sum = digest;
    for (RecordKey key : batch.deletes()) {
      sum = minus(sum, records.remove(key));
    }
    for (StoredRecord put : batch.puts()) {
      Digest added = Digest.of(put.key(), put.value());
      sum = minus(sum, records.put(put.key(), added)).plus(added);
    }
    long head = Operation.number(batch.header().bytes());
    return new State(newVersion, head, records, sum, markers);
  }

  State copy() {
    return new State(version, headOp, new HashMap<>(records), digest, new TreeMap<>(markers));
  }

  private static Digest minus(Digest sum, @org.jspecify.annotations.Nullable Digest taken) {
    return taken == null ? sum : sum.minus(taken);
  }
}
