package io.registrar.log.sim;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.RecordCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One disk: records as encoded bytes, in segments, the durable ones apart from those that wait for
 * a sync. Syncs follow each other; each takes along all that waits when it begins. Every segment
 * begins with a checkpoint, and a segment whose entries are all cut away is deleted.
 */
final class Disk {
  /** Records after which a new segment is begun. */
  private static final int SEGMENT = 25;

  private record Waiting(byte[] bytes, boolean restates) {}

  private record Batch(long sequence, List<Waiting> records, boolean opensSegment) {}

  private static final class Segment {
    final List<byte[]> records = new ArrayList<>();
    long highest;

    Segment copy() {
      Segment copy = new Segment();
      copy.records.addAll(records);
      copy.highest = highest;
      return copy;
    }
  }

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private List<Segment> segments = new ArrayList<>(List.of(new Segment()));
  private int sinceCheckpoint;
  private boolean rotten;

  /** Appends what one step asks for. Nothing of it is durable yet. */
  void append(long sequence, List<DurableRecord> records) {
    List<Waiting> encoded = new ArrayList<>();
    records.forEach(
        record -> encoded.add(new Waiting(RecordCodec.encode(record).toArray(), false)));
    waiting.add(new Batch(sequence, encoded, false));
    sinceCheckpoint += records.size();
  }

  boolean wantsCheckpoint() {
    return sinceCheckpoint >= SEGMENT;
  }

  /** Begins a segment with records that only say again what was handed over before. */
  void openSegment(long sequence, List<DurableRecord> checkpoint) {
    List<Waiting> encoded = new ArrayList<>();
    checkpoint.forEach(
        record -> encoded.add(new Waiting(RecordCodec.encode(record).toArray(), true)));
    waiting.add(new Batch(sequence, encoded, true));
    sinceCheckpoint = 0;
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** The sequence number of the last batch that waits. */
  long lastWaiting() {
    return waiting.getLast().sequence();
  }

  /** A sync through this sequence number is done: tells every record that is new. */
  void synced(long sequence, Consumer<DurableRecord> durable) {
    while (!waiting.isEmpty() && waiting.getFirst().sequence() <= sequence) {
      Batch batch = waiting.removeFirst();
      keep(batch, batch.records().size(), durable);
    }
  }

  /**
   * Power is lost: of the records that wait the first {@code survivors} are durable all the same,
   * the rest are not.
   */
  void crash(long survivors, Consumer<DurableRecord> durable) {
    long left = survivors;
    while (!waiting.isEmpty() && left > 0) {
      Batch batch = waiting.removeFirst();
      int kept = (int) Math.min(left, batch.records().size());
      keep(batch, kept, durable);
      left -= Math.max(1, kept);
    }
    waiting.clear();
  }

  private void keep(Batch batch, int count, Consumer<DurableRecord> durable) {
    if (batch.opensSegment()) {
      segments.add(new Segment());
    }
    Segment last = segments.get(segments.size() - 1);
    for (Waiting one : batch.records().subList(0, count)) {
      last.records.add(one.bytes());
      DurableRecord record = decode(one.bytes());
      last.highest = Math.max(last.highest, positionOf(record));
      if (!one.restates()) {
        durable.accept(record);
      }
    }
  }

  private static long positionOf(DurableRecord record) {
    if (record instanceof DurableRecord.Accepted it) {
      return it.position().value();
    } else if (record instanceof DurableRecord.Learned it) {
      return it.position().value();
    } else if (record instanceof DurableRecord.Staged it) {
      return it.position().value();
    }
    return 0;
  }

  /** Deletes the segments that hold nothing from {@code begin} on. */
  void cutBelow(long begin) {
    while (segments.size() > 2 && segments.get(0).highest < begin) {
      segments.remove(0);
    }
  }

  /** Everything durable, in the order in which it was written. */
  List<DurableRecord> durable() {
    List<DurableRecord> all = new ArrayList<>();
    segments.forEach(segment -> segment.records.forEach(bytes -> all.add(decode(bytes))));
    return all;
  }

  /** Whether it tells by itself that there is, or was, an ensemble. */
  boolean tellsOfAnEnsemble() {
    return durable().stream()
        .anyMatch(
            record ->
                record instanceof DurableRecord.Joined
                    || record instanceof DurableRecord.Begun
                    || record instanceof DurableRecord.VotesAfter
                    || record instanceof DurableRecord.Truncated);
  }

  private static DurableRecord decode(byte[] bytes) {
    try {
      return RecordCodec.decode(Bytes.of(bytes));
    } catch (MalformedException e) {
      throw new IllegalStateException("a record of our own cannot be read", e);
    }
  }

  void clear() {
    waiting.clear();
    segments = new ArrayList<>(List.of(new Segment()));
    sinceCheckpoint = 0;
    rotten = false;
  }

  /** A durable record is altered. The store will notice when it reads. */
  void rot() {
    rotten = true;
  }

  boolean isRotten() {
    return rotten;
  }

  /** The durable part of this disk, on another one. */
  Disk copy() {
    Disk copy = new Disk();
    copy.segments = new ArrayList<>(segments.stream().map(Segment::copy).toList());
    copy.rotten = rotten;
    return copy;
  }
}
