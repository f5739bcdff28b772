package io.registrar.log.paxos;

import java.util.Optional;

/**
 * A snapshot that is being fetched, beside the log that the replica stands on until it is whole.
 *
 * <ol>
 *   <li>Entries come in order, from the footing's begin through its cut.
 *   <li>It is whole only if the last entry is the very cut that the footing names, in effect by the
 *       ledger's rules; a founding record is whole at once.
 * </ol>
 */
final class Staging {
  private final Footing footing;
  private final Ledger ledger;
  private Position next;
  private Optional<ProposalTag> tag = Optional.empty();
  private boolean cutSeen;

  Staging(Footing footing) {
    this.footing = footing;
    this.ledger = new Ledger(footing.base());
    this.next = footing.base().begin();
    this.cutSeen = isFounding();
  }

  /** Takes the entry at {@link #next}. */
  Delivery.Chosen add(Entry entry) {
    Delivery.Effect effect = ledger.apply(next, entry.content());
    cutSeen =
        cutSeen
            || next.equals(footing.through())
                && entry.content() instanceof Content.Cut cut
                && cut.base().equals(footing.base());
    tag = Optional.of(entry.tag());
    Delivery.Chosen taken = new Delivery.Chosen(next, entry, effect);
    next = next.next();
    return taken;
  }

  boolean isComplete() {
    return next.isAfter(footing.through());
  }

  boolean isWhole() {
    return isComplete() && cutSeen;
  }

  Footing footing() {
    return footing;
  }

  Ledger ledger() {
    return ledger;
  }

  Position next() {
    return next;
  }

  Optional<ProposalTag> tag() {
    return tag;
  }

  private boolean isFounding() {
    return footing.base().begin().isAfter(footing.through());
  }
}
