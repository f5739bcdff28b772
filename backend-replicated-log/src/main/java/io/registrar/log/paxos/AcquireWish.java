package io.registrar.log.paxos;

import java.util.Optional;

/** Begins an epoch above every earlier one and above a floor. */
final class AcquireWish extends Wish {
  private final Input.Acquire asked;

  AcquireWish(Input.Acquire asked) {
    this.asked = asked;
  }

  @Override
  Optional<Request> request() {
    return Optional.of(asked.request());
  }

  @Override
  Draft draft(Log log, Position position, Barrier barrier) {
    long highest = Math.max(log.ledger().epoch(), asked.floor());
    if (highest == Long.MAX_VALUE) {
      return new Draft.Refuse(Settlement.Reason.NO_EFFECT);
    }
    return new Draft.Propose(new Content.BeginEpoch(highest + 1, asked.owner()));
  }

  @Override
  void chosen(Delivery.Chosen chosen, Node node) {
    Content.BeginEpoch begun = (Content.BeginEpoch) chosen.entry().content();
    if (chosen.effect() == Delivery.Effect.TAKEN) {
      node.deliveries.addAtOnce(
          new Delivery.Acquired(asked.request(), begun.number(), chosen.position()));
    } else {
      node.refuse(asked.request(), Settlement.Reason.FENCED);
    }
  }

  @Override
  Optional<Settlement.Reason> obsolete(Ledger ledger) {
    return Optional.empty();
  }
}
