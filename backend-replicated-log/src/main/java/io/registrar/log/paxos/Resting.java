package io.registrar.log.paxos;

import java.util.Optional;

/** Coordinates nothing, until somebody wants it and a while has passed. */
final class Resting extends Stage {
  private final Coordinator coordinator;
  private final long until;

  Resting(Coordinator coordinator, long until) {
    this.coordinator = coordinator;
    this.until = until;
  }

  @Override
  Stage progress() {
    Optional<Message.Haste> wanted = coordinator.agenda.wanted();
    if (wanted.isEmpty()) {
      return this;
    }
    if (!coordinator.isVoter()) {
      coordinator.agenda.refuseAll(Settlement.Reason.NOT_A_VOTER);
      return this;
    }
    if (coordinator.node.now() < until) {
      return this;
    }
    return wanted.get() == Message.Haste.AT_ONCE
        ? new Preparing(
            coordinator, coordinator.newBallot(), Message.Haste.AT_ONCE, Wish.Barrier.AHEAD)
        : new Canvassing(coordinator);
  }
}
