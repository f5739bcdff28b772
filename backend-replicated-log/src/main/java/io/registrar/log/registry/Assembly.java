package io.registrar.log.registry;

import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Position;
import io.registrar.spi.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a state together from the snapshot that a log stands on: chunks of the state just before the
 * begin, and between them what was committed meanwhile, which is kept until the last chunk is
 * there. The rules are those of {@link io.registrar.log.paxos.Ledger}, to which these chunks were
 * new once.
 */
final class Assembly {
  private final LogBase base;
  private final Position last;
  private final List<Entry> meanwhile = new ArrayList<>();
  private RecordTable records = new RecordTable();
  private Header header = Header.EMPTY;
  private long epoch;
  private int chunks;

  Assembly(Footing footing) {
    this.base = footing.base();
    this.last = footing.through();
    this.epoch = base.epoch();
  }

  /** Takes the next entry; true if it was the last one needed. */
  boolean take(Position position, Entry entry, Delivery.Effect effect) {
    Content content = entry.content();
    if (content instanceof Content.Chunk it) {
      chunk(it);
    } else if (effect == Delivery.Effect.TAKEN) {
      if (content instanceof Content.BeginEpoch it) {
        epoch = it.number();
        chunks = 0;
      }
      meanwhile.add(entry);
    }
    return position.equals(last) && requireWhole(content);
  }

  private void chunk(Content.Chunk it) {
    boolean ours = it.begin().equals(base.begin()) && it.epoch() == epoch;
    if (ours && it.index() == 0) {
      records = new RecordTable();
      chunks = 0;
    }
    if (ours && it.index() == chunks) {
      Contents contents = ContentsCodec.decode(it.payload());
      records.apply(contents);
      header = contents.header();
      chunks++;
    }
  }

  private boolean requireWhole(Content content) {
    if (!(content instanceof Content.Cut cut) || cut.chunks() != chunks) {
      throw new IllegalArgumentException(
          "the snapshot before " + last + " has " + chunks + " chunks, and no cut that says so");
    }
    return true;
  }

  /** Where the log begins. */
  LogBase base() {
    return base;
  }

  /** The records just before the log's begin. */
  RecordTable records() {
    return records;
  }

  /** The header just before the log's begin. */
  Header header() {
    return header;
  }

  /** What took effect between the begin and the cut, in order. */
  List<Entry> meanwhile() {
    return meanwhile;
  }
}
