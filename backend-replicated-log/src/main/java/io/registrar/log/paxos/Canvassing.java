package io.registrar.log.paxos;

import java.util.Optional;

/**
 * Asks whether the lease is free, before a campaign (the pre-vote of Ongaro's thesis, section 9.6,
 * with the lease as what it asks about).
 */
final class Canvassing extends Stage {
  private final Coordinator coordinator;
  private final Node node;
  private final Position position;
  private final long round;
  private final long again;
  private final Tally tally;

  Canvassing(Coordinator coordinator) {
    this.coordinator = coordinator;
    this.node = coordinator.node;
    this.position = node.log.next();
    this.tally = new Tally(node.log.membership(), node.sightings);
    this.round = node.entropy.nextLong() & Long.MAX_VALUE;
    int retry = node.timing().retry();
    this.again = node.now() + node.entropy.between(retry, 2 * retry);
    Message canvass = new Message.Canvass(round, node.log.chosen());
    node.log.membership().members().forEach(member -> node.send(member, canvass));
  }

  @Override
  Stage progress() {
    Optional<Message.Haste> wanted = coordinator.agenda.wanted();
    if (wanted.filter(haste -> haste == Message.Haste.AFTER_LEASE).isEmpty()) {
      return new Resting(coordinator, node.now());
    }
    if (!coordinator.isVoter()) {
      return new Resting(coordinator, node.now());
    }
    if (tally.complete()) {
      return new Preparing(
          coordinator, coordinator.newBallot(), Message.Haste.AFTER_LEASE, Wish.Barrier.AHEAD);
    }
    boolean stale = node.now() >= again || !node.log.next().equals(position);
    return stale ? new Canvassing(coordinator) : this;
  }

  @Override
  void onCanvassed(Message.Canvassed m, Envelope e) {
    if (m.round() == round) {
      tally.count(e);
    }
  }
}
