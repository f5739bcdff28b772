package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this replica knows to be chosen, and the one entry that it has accepted beyond that.
 *
 * <ol>
 *   <li>Every position from the log's begin through {@link #chosen} is chosen, and its entry is
 *       written here; nothing is known to be chosen beyond.
 *   <li>Nothing is accepted beyond the position after {@link #chosen}.
 *   <li>A position that is learned is never written again (MESOS-1271).
 *   <li>An entry is written once: learning what was accepted costs no second copy.
 * </ol>
 */
final class Log {
  private final Journal journal;
  private final Held<Delivery> deliveries;
  private final List<Delivery.Chosen> learned = new ArrayList<>();
  private @Nullable Footing footing;
  private @Nullable Ledger ledger;
  private Position chosen = Position.ZERO;
  private Optional<ProposalTag> tag = Optional.empty();
  private Optional<Vote> accepted = Optional.empty();
  private boolean chosenIsWritten = true;
  private Optional<Footing> cut = Optional.empty();
  private long cutMark;

  Log(Journal journal, Held<Delivery> deliveries) {
    this.journal = journal;
    this.deliveries = deliveries;
  }

  /** Takes what a restored or fetched store holds; everything through {@code chosen} is written. */
  void standOn(Footing newFooting, Ledger newLedger, Position through, Optional<ProposalTag> at) {
    footing = newFooting;
    ledger = newLedger;
    chosen = through;
    tag = at;
    accepted = Optional.empty();
    cut = Optional.empty();
    chosenIsWritten = true;
    deliveries.add(new Delivery.Replay(newFooting, through));
  }

  /** What a restored store holds beyond {@link #chosen}. */
  void restoreAccepted(Optional<Vote> vote) {
    accepted = vote;
  }

  boolean exists() {
    return footing != null;
  }

  Footing footing() {
    if (footing == null) {
      throw new IllegalStateException("no log yet");
    }
    return footing;
  }

  Ledger ledger() {
    if (ledger == null) {
      throw new IllegalStateException("no log yet");
    }
    return ledger;
  }

  Position chosen() {
    return chosen;
  }

  Optional<ProposalTag> tag() {
    return tag;
  }

  /** The position after the last chosen one: the only one that can be voted on here. */
  Position next() {
    return chosen.next();
  }

  /** The membership that governs {@link #next}. */
  Membership membership() {
    return ledger().membership();
  }

  /** What is accepted at {@link #next}, chosen or not. */
  Optional<Vote> accepted() {
    return accepted;
  }

  /** The highest position accepted or learned. */
  Position end() {
    return accepted.isPresent() ? next() : chosen;
  }

  /** Writes an entry accepted at {@link #next}. */
  void accept(Vote vote) {
    accepted = Optional.of(vote);
    journal.write(new DurableRecord.Accepted(next(), vote));
    chosenIsWritten = true;
  }

  /** Learns that the entry with this tag is chosen, if it is the one accepted at that position. */
  void learnTagged(Position position, ProposalTag chosenTag) {
    if (position.equals(next())
        && accepted.filter(vote -> vote.entry().tag().equals(chosenTag)).isPresent()) {
      advance(accepted.orElseThrow().entry());
      chosenIsWritten = false;
    }
  }

  /**
   * Learns a chosen entry at {@link #next}; writes it only if it is not what was accepted there.
   */
  void learn(Entry entry) {
    if (accepted.filter(vote -> vote.entry().tag().equals(entry.tag())).isPresent()) {
      learnTagged(next(), entry.tag());
      return;
    }
    journal.write(new DurableRecord.Learned(next(), entry));
    advance(entry);
    chosenIsWritten = true;
  }

  private void advance(Entry entry) {
    chosen = next();
    tag = Optional.of(entry.tag());
    accepted = Optional.empty();
    Delivery.Effect effect = ledger().apply(chosen, entry.content());
    if (effect == Delivery.Effect.TAKEN && entry.content() instanceof Content.Cut it) {
      cut = Optional.of(new Footing(it.base(), chosen));
      cutMark = journal.mark();
    }
    Delivery.Chosen delivery = new Delivery.Chosen(chosen, entry, effect);
    learned.add(delivery);
    deliveries.addAtOnce(delivery);
  }

  /** Notes an entry of a snapshot that is being fetched, which is not part of the log yet. */
  void noteStaged(Delivery.Chosen staged) {
    learned.add(staged);
  }

  /** What was learned since this was last asked. */
  List<Delivery.Chosen> takeLearned() {
    List<Delivery.Chosen> taken = List.copyOf(learned);
    learned.clear();
    return taken;
  }

  /** The latest cut in effect, once every entry through it is synced here. */
  Optional<Footing> truncatable() {
    return cut.filter(ready -> journal.synced(cutMark));
  }

  void truncate(Footing newFooting) {
    footing = newFooting;
    cut = Optional.empty();
    journal.write(new DurableRecord.Truncated(newFooting));
    deliveries.add(new Delivery.Truncated(newFooting));
  }

  /** Writes down how far is chosen, if no record says so yet. Nothing waits for it. */
  void writeChosen() {
    if (!chosenIsWritten) {
      journal.write(new DurableRecord.ChosenThrough(chosen));
      chosenIsWritten = true;
    }
  }

  /** What would stand for everything through {@link #chosen}. */
  LogBase base() {
    return new LogBase(
        footing().base().ensemble(), next(), membership(), ledger().epoch(), ledger().version());
  }
}
