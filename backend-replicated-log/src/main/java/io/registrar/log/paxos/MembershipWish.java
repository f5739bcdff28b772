package io.registrar.log.paxos;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Changes one voter (Ongaro's thesis, section 4.1). */
final class MembershipWish extends Wish {
  /** Makes the membership for a position from the one in force; empty if there is nothing to do. */
  interface Step extends BiFunction<Membership, Position, Optional<Membership>> {}

  private final Optional<Request> request;
  private final Step step;
  private Optional<Position> putOffAt = Optional.empty();
  private final BooleanSupplier tooEarly;

  /**
   * A wish to change one voter.
   *
   * @param request who asks; empty if the coordinator itself does
   * @param step what it comes to
   * @param tooEarly asked when there is nothing to do: whether the coordinator has led for so short
   *     a time that it may still hear what it needs
   */
  MembershipWish(Optional<Request> request, Step step, BooleanSupplier tooEarly) {
    this.request = request;
    this.step = step;
    this.tooEarly = tooEarly;
  }

  @Override
  Optional<Request> request() {
    return request;
  }

  /**
   * No membership is proposed before an entry of the coordinator's own ballot is chosen (Ongaro,
   * bug in single-server membership changes, raft-dev 2015). Here the voters of a position are
   * fixed by the positions before it, so that agreement does not hang on it; it keeps two
   * coordinators from changing the same membership in turn.
   */
  @Override
  Draft draft(Log log, Position position, Barrier barrier) {
    if (barrier == Barrier.AHEAD) {
      return new Draft.BarrierFirst();
    }
    Membership now = log.membership();
    Optional<Membership> next =
        step.apply(now, position).filter(changed -> !changed.voters().equals(now.voters()));
    return next.<Draft>map(changed -> new Draft.Propose(new Content.ChangeMembership(changed)))
        .orElseGet(() -> nothingToDo(position));
  }

  /**
   * Put off under one leadership alone: nothing else is proposed meanwhile, so the position shows
   * it. Two coordinators that each put off a change would otherwise depose each other for ever.
   */
  private Draft nothingToDo(Position position) {
    if (putOffAt.isEmpty()) {
      putOffAt = Optional.of(position);
    }
    boolean first = putOffAt.filter(position::equals).isPresent();
    return first && tooEarly.getAsBoolean()
        ? new Draft.Later()
        : new Draft.Refuse(Settlement.Reason.NOT_READY);
  }

  @Override
  void chosen(Delivery.Chosen chosen, Node node) {
    Settlement settlement =
        chosen.effect() == Delivery.Effect.TAKEN
            ? new Settlement.Taken(chosen.position())
            : new Settlement.Refused(Settlement.Reason.NO_EFFECT);
    request.ifPresent(asked -> node.settle(asked, settlement));
  }

  @Override
  Optional<Settlement.Reason> obsolete(Ledger ledger) {
    return Optional.empty();
  }
}
