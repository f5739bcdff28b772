package io.registrar.log.paxos;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Phase 1 for one position (Paxos Made Simple, section 2.2).
 *
 * <ol>
 *   <li>Only voters of this very position are counted, under its own membership: after a membership
 *       entry, this phase runs again among the new members, for the position after it.
 *   <li>Every position before is chosen and known here before anything is proposed: whoever has
 *       learned more is asked for it first, and then the phase runs for the position after.
 *   <li>If any of the quorum has accepted an entry at the position, the one under the highest
 *       ballot is proposed, and nothing else.
 * </ol>
 */
final class Preparing extends Stage {
  private final Coordinator coordinator;
  private final Node node;
  private final Ballot ballot;
  private final Message.Haste haste;
  private final Wish.Barrier barrier;
  private final Position position;
  private final Tally tally;
  private final Map<Member, Vote> accepted = new TreeMap<>();
  private final long giveUp;
  private boolean leased;
  private long again;

  Preparing(Coordinator coordinator, Ballot ballot, Message.Haste haste, Wish.Barrier barrier) {
    this.coordinator = coordinator;
    this.node = coordinator.node;
    this.ballot = ballot;
    this.haste = haste;
    this.barrier = barrier;
    this.position = node.log.next();
    this.tally = new Tally(node.log.membership(), node.sightings);
    this.giveUp = node.now() + 3L * node.timing().retry();
    ask();
  }

  private void ask() {
    Message prepare = new Message.Prepare(ballot, position, haste);
    tally.missing().forEach(member -> node.send(member, prepare));
    again = node.now() + node.timing().retry();
  }

  @Override
  Optional<Ballot> ballot() {
    return Optional.of(ballot);
  }

  @Override
  Stage progress() {
    if (!coordinator.isVoter()) {
      return coordinator.rest();
    }
    if (!node.log.next().equals(position)) {
      return new Preparing(coordinator, ballot, haste, barrier);
    }
    if (tally.complete()) {
      return new Leading(coordinator, ballot, barrier, highestAccepted());
    }
    boolean campaign = haste == Message.Haste.AFTER_LEASE;
    if (campaign && (leased || node.now() >= giveUp)) {
      coordinator.releaseLeases(ballot);
      return coordinator.rest();
    }
    if (node.now() >= again) {
      ask();
    }
    return this;
  }

  /** P2c: the value of the highest-numbered proposal accepted by any of the quorum. */
  private Optional<Vote> highestAccepted() {
    return accepted.entrySet().stream()
        .filter(vote -> tally.counts(vote.getKey()))
        .map(Map.Entry::getValue)
        .max(Comparator.comparing(Vote::ballot));
  }

  @Override
  void onPromise(Message.Promise m, Envelope e) {
    boolean mine = m.ballot().equals(ballot) && m.position().equals(position);
    if (mine && position.isAfter(m.chosen())) {
      tally.count(e);
      m.accepted().ifPresent(vote -> accepted.put(e.from(), vote));
    }
  }

  @Override
  void onLeased(Message.Abstained m) {
    leased = true;
  }

  /** It has been let vote, and is about to: the lease is too short to wait for long. */
  @Override
  void onLearner(Message.Abstained m) {
    if (m.position().equals(position)) {
      again = Math.min(again, node.now() + 1);
    }
  }

  @Override
  void heard(Envelope e) {
    tally.refresh(e);
  }
}
