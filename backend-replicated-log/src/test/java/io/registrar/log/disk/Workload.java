package io.registrar.log.disk;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ProposalTag;
import io.registrar.log.paxos.Vote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A replica that writes at random, and remembers what it has handed over and what it was told is
 * synced.
 */
final class Workload {
  private static final int LARGEST = 1400;

  private final Random random;
  private final List<DurableRecord> handedOver = new ArrayList<>();
  private final Map<Long, Entry> entries = new HashMap<>();
  private int synced;
  private long round = 1;
  private long end;
  private long begin = 1;
  private long tag;

  Workload(Random random) {
    this.random = random;
  }

  /** Every record in the order written, checkpoints included. */
  List<DurableRecord> handedOver() {
    return List.copyOf(handedOver);
  }

  /** How many of these were synced, as far as the store has said. */
  int synced() {
    return synced;
  }

  long begin() {
    return begin;
  }

  /** After a restart: goes on with what has survived. */
  void restart(List<DurableRecord> survived) {
    handedOver.clear();
    handedOver.addAll(survived);
    synced = survived.size();
    entries.clear();
    end = 0;
    for (DurableRecord durable : survived) {
      note(durable);
    }
  }

  private void note(DurableRecord durable) {
    if (durable instanceof DurableRecord.Accepted it) {
      entries.put(it.position().value(), it.vote().entry());
      end = it.position().value();
    } else if (durable instanceof DurableRecord.Promised it) {
      round = it.ballot().round();
    } else if (durable instanceof DurableRecord.Truncated it) {
      begin = it.footing().base().begin().value();
    }
  }

  /** The last entry at each position, in memory. */
  Map<Long, Entry> entries() {
    return Map.copyOf(entries);
  }

  long end() {
    return end;
  }

  void write(SegmentedStore store, int batches) throws IOException {
    if (handedOver.isEmpty()) {
      append(store, Records.founded());
    }
    for (int i = 0; i < batches; i++) {
      List<DurableRecord> batch = new ArrayList<>();
      int records = 1 + random.nextInt(3);
      for (int r = 0; r < records; r++) {
        batch.add(next());
      }
      append(store, batch);
      if (random.nextInt(3) > 0) {
        store.sync();
        synced = handedOver.size();
      }
      if (random.nextInt(12) == 0 && end > begin + 4) {
        cut(store);
      }
    }
  }

  private DurableRecord next() {
    if (end == 0 || random.nextInt(4) > 0) {
      boolean again = end > 0 && random.nextInt(5) == 0;
      return accepted(again ? end : end + 1);
    }
    round++;
    return Records.promised(round);
  }

  private DurableRecord accepted(long position) {
    byte[] payload = new byte[random.nextInt(LARGEST)];
    if (random.nextInt(3) > 0) {
      random.nextBytes(payload);
    }
    tag++;
    Entry entry =
        new Entry(
            new ProposalTag(random.nextLong(), tag),
            new Content.Append(1, tag, tag + 1, Bytes.of(payload)));
    end = position;
    entries.put(position, entry);
    return new DurableRecord.Accepted(
        new Position(position), new Vote(Records.ballot(round), entry));
  }

  private void cut(SegmentedStore store) throws IOException {
    begin = end - random.nextInt(3);
    append(store, List.of(new DurableRecord.Truncated(Records.footing(begin))));
    store.sync();
    synced = handedOver.size();
    if (random.nextBoolean()) {
      append(store, List.of(accepted(end)));
    }
    store.truncate(Records.footing(begin));
  }

  private void append(SegmentedStore store, List<DurableRecord> batch) throws IOException {
    handedOver.addAll(batch);
    store.append(
        batch,
        () -> {
          List<DurableRecord> checkpoint =
              Records.checkpoint(Records.ballot(round), begin, end - 1);
          handedOver.addAll(checkpoint);
          return checkpoint;
        });
  }
}
