package io.registrar.log.paxos;

import java.util.Optional;

/**
 * Reads the entries of a restored store through the ledger, in order; of several at one position
 * the last one counts.
 */
final class EntryReader {
  private record Candidate(Position position, Entry entry) {}

  private final Ledger ledger;
  private final Position through;
  private Position next;
  private Optional<Candidate> candidate = Optional.empty();
  private Optional<ProposalTag> tag = Optional.empty();

  EntryReader(Footing footing, Position through) {
    this.ledger = new Ledger(footing.base());
    this.through = through;
    this.next = footing.base().begin();
  }

  void readLog(DurableRecord durable) {
    if (durable instanceof DurableRecord.Accepted it) {
      read(it.position(), it.vote().entry());
    } else if (durable instanceof DurableRecord.Learned it) {
      read(it.position(), it.entry());
    }
  }

  void read(Position position, Entry entry) {
    if (candidate.filter(last -> position.isAfter(last.position())).isPresent()) {
      apply();
    }
    if (position.equals(next) && !position.isAfter(through)) {
      candidate = Optional.of(new Candidate(position, entry));
    }
  }

  void finish() {
    apply();
  }

  private void apply() {
    candidate.ifPresent(
        last -> {
          ledger.apply(last.position(), last.entry().content());
          tag = Optional.of(last.entry().tag());
          next = next.next();
        });
    candidate = Optional.empty();
  }

  boolean isComplete() {
    return next.equals(through.next());
  }

  Ledger ledger() {
    return ledger;
  }

  Optional<ProposalTag> tag() {
    return tag;
  }
}
