package io.registrar.log.paxos;

import java.util.Optional;

/**
 * Asks whether the lease is free, before a campaign (the pre-vote of Ongaro's thesis, section 9.6,
 * with the lease as what it asks about).
 *
 * <ol>
 *   <li>Once the lease that was granted here is over, it asks at once, and again soon: that of the
 *       others ends within moments.
 *   <li>The voters take turns then, in the order of their places and without the last holder, so
 *       that two of them do not ask for the same votes.
 * </ol>
 */
final class Canvassing extends Stage {
  /** Ticks from one voter's turn to the next one's: time to ask, and to be promised. */
  private static final int TURN = 2;

  private final Coordinator coordinator;
  private final Node node;
  private final Position position;
  private final long round;
  private final Tally tally;
  private final int asked;
  private final boolean free;
  private long again;

  Canvassing(Coordinator coordinator) {
    this(coordinator, 0);
  }

  /**
   * @param asked how often it has asked since the lease is free here
   */
  private Canvassing(Coordinator coordinator, int asked) {
    this.coordinator = coordinator;
    this.node = coordinator.node;
    this.position = node.log.next();
    this.tally = new Tally(node.log.membership(), node.sightings);
    this.round = node.entropy.nextLong() & Long.MAX_VALUE;
    this.asked = asked;
    this.free = isFree();
    int retry = node.timing().retry();
    int soon = Math.min(retry, 1 << asked) + TURN * turn();
    this.again = node.now() + (free ? soon : node.entropy.between(retry, 2 * retry));
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
    if (!free && isFree()) {
      again = Math.min(again, node.now() + TURN * turn());
    }
    boolean stale = node.now() >= again || !node.log.next().equals(position);
    return stale ? new Canvassing(coordinator, free ? Math.min(asked + 1, 30) : 0) : this;
  }

  private boolean isFree() {
    return coordinator.acceptor.lease().isFreeFor(node.self, node.now());
  }

  /** How many voters come before this one. */
  private int turn() {
    Optional<Member> last = coordinator.acceptor.lease().holder();
    return (int)
        node.log.membership().members().stream()
            .takeWhile(member -> !member.equals(node.self))
            .filter(member -> last.filter(member::equals).isEmpty())
            .count();
  }

  @Override
  void onCanvassed(Message.Canvassed m, Envelope e) {
    if (m.round() == round) {
      tally.count(e);
    }
  }
}
