package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of the step at hand, and how far the store has synced.
 *
 * <ol>
 *   <li>The records of one step are one batch, with one sequence number; numbers grow by one.
 *   <li>Whatever is sent or delivered under a {@link #mark} waits until every record written before
 *       the mark was taken is synced.
 * </ol>
 */
final class Journal {
  private final List<DurableRecord> batch = new ArrayList<>();
  private long sequence;
  private long persisted;

  void write(DurableRecord durable) {
    batch.add(durable);
  }

  boolean isBatchEmpty() {
    return batch.isEmpty();
  }

  /** Stands for every record written so far. */
  long mark() {
    return batch.isEmpty() ? sequence : sequence + 1;
  }

  boolean synced(long mark) {
    return mark <= persisted;
  }

  long persisted() {
    return persisted;
  }

  long sequence() {
    return sequence;
  }

  /** Ends the batch of this step. */
  List<DurableRecord> take() {
    List<DurableRecord> taken = List.copyOf(batch);
    if (!taken.isEmpty()) {
      sequence++;
      batch.clear();
    }
    return taken;
  }

  void persisted(long through) {
    if (through > sequence) {
      throw new IllegalStateException(
          "sequence " + through + " reported as synced, but only " + sequence + " was handed over");
    }
    persisted = Math.max(persisted, through);
  }
}
