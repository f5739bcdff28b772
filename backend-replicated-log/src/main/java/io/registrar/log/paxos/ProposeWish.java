package io.registrar.log.paxos;

import java.util.Optional;

/** The application's entry, which counts only in its own epoch and, a batch, on its version. */
final class ProposeWish extends Wish {
  private final Input.Propose asked;

  ProposeWish(Input.Propose asked) {
    this.asked = asked;
  }

  @Override
  Optional<Request> request() {
    return Optional.of(asked.request());
  }

  @Override
  Draft draft(Log log, Position position, Barrier barrier) {
    Ledger ledger = log.ledger();
    if (ledger.epoch() == 0 || asked.content().epoch() != ledger.epoch()) {
      return new Draft.Refuse(Settlement.Reason.FENCED);
    }
    if (asked.content() instanceof Content.Append append && append.follows() != ledger.version()) {
      return new Draft.Refuse(Settlement.Reason.STALE_VERSION);
    }
    return new Draft.Propose(asked.content());
  }

  @Override
  void chosen(Delivery.Chosen chosen, Node node) {
    if (chosen.effect() == Delivery.Effect.TAKEN) {
      node.settle(asked.request(), new Settlement.Taken(chosen.position()));
    } else {
      node.refuse(asked.request(), Settlement.Reason.NO_EFFECT);
    }
  }

  @Override
  Optional<Settlement.Reason> obsolete(Ledger ledger) {
    return ledger.epoch() > asked.content().epoch()
        ? Optional.of(Settlement.Reason.FENCED)
        : Optional.empty();
  }
}
