package io.registrar.log.paxos;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a replica finds its place, and loses it: joining as a learner, beginning to vote once it is
 * admitted, noticing that it was replaced (Viewstamped Replication Revisited, section 4.3, is the
 * model; unlike there, the newcomer is a new incarnation).
 *
 * <ol>
 *   <li>A learner votes only after an entry names its incarnation, and it has learned every
 *       position through that entry.
 *   <li>Before its first vote it adopts the highest promise of a majority of the other voters, read
 *       after that entry was chosen, and syncs it. Any quorum of the membership has a voter in
 *       common with that majority.
 *   <li>It votes only on positions after the entry.
 *   <li>A replica that has lost its place to a later membership coordinates nothing more and votes
 *       on nothing after it. It stays as long as somebody might need it to learn of that: when a
 *       quorum of the new membership has shown that it knows, it stops, and draws no other
 *       incarnation.
 * </ol>
 */
final class Newcomer {
  private final Node node;
  private final Acceptor acceptor;
  private final Founder founder;
  private final TreeMap<Member, Ballot> promises = new TreeMap<>();
  private Position admittedAt = Position.ZERO;
  private Optional<Membership> successor = Optional.empty();
  private final Set<Member> knowing = new TreeSet<>();
  private long patientUntil;
  private long again;

  Newcomer(Node node, Acceptor acceptor, Founder founder) {
    this.node = node;
    this.acceptor = acceptor;
    this.founder = founder;
  }

  void onStatus(Message.Status m, Envelope e) {
    Optional<EnsembleId> theirs = e.ensemble();
    if (node.ensemble().isEmpty() && m.phase() == Phase.LEARNING && holds(theirs)) {
      // It has lost a log that had begun; who began it may not be there to say so.
      founder.beginHeld();
    }
    if (m.phase() == Phase.VOTING && theirs.isPresent() && m.membership().isPresent()) {
      Membership membership = m.membership().get();
      if (node.ensemble().isEmpty()) {
        meet(theirs.get(), membership, e.from());
      } else if (node.ensemble().equals(theirs)) {
        checkPlace(membership);
        checkOut(m, e.from());
      }
    }
  }

  private boolean holds(Optional<EnsembleId> ensemble) {
    return ensemble.isPresent() && founder.held().map(Founding::ensemble).equals(ensemble);
  }

  /** The first voter that a replica without an ensemble meets. */
  private void meet(EnsembleId ensemble, Membership membership, Member voter) {
    boolean sameRecord = holds(Optional.of(ensemble));
    if (sameRecord && membership.names(node.self)) {
      founder.beginHeld();
    } else if (sameRecord) {
      node.stop(
          membership.at(node.self.id()).isPresent() ? StopReason.REPLACED : StopReason.REMOVED);
    } else if (membership.names(node.self)) {
      if (node.phase() != Phase.HOLDING) {
        // An incarnation is named only after it has synced a record of its ensemble.
        node.startAnew(Delivery.StartAnew.Cause.SET_BACK);
      }
    } else if (membership.at(node.self.id()).isPresent() || mayLearnFrom(voter)) {
      join(ensemble);
    }
  }

  /**
   * Whether an empty replica that is not named becomes a learner, to be added: not while it may
   * still be founded, lest one stray replica that founded alone draws the others after it.
   */
  private boolean mayLearnFrom(Member voter) {
    boolean free = node.phase() == Phase.EMPTY || node.phase() == Phase.LEARNING;
    if (!free || !node.config.members().contains(voter.id()) || founder.sawEmptyBeside(voter)) {
      return false;
    }
    if (patientUntil == 0) {
      patientUntil = node.now() + node.timing().silence();
    }
    return node.now() >= patientUntil;
  }

  private void join(EnsembleId ensemble) {
    node.belongTo(ensemble);
    node.enter(Phase.LEARNING);
    node.journal.write(new DurableRecord.Joined(node.ensemble()));
  }

  /** Another ensemble reaches this replica, whose own one may have come to nothing. */
  void onForeign(Message message, Envelope e) {
    node.notice(Delivery.Notice.FOREIGN, e.from().id());
    if (message instanceof Message.Status status && status.phase() == Phase.VOTING) {
      boolean named = status.membership().flatMap(theirs -> theirs.at(node.self.id())).isPresent();
      boolean nobodyElse = isAlone() && named;
      // Whoever votes elsewhere has left the record that names it. Where nothing has been chosen
      // yet, no quorum of that record has begun, or ever will.
      boolean left =
          founder.begun().filter(it -> it.membership().names(e.from())).isPresent()
              && node.log.chosen().equals(Position.ZERO);
      if (nobodyElse || left) {
        node.stop(StopReason.FOUNDED_ALONE);
      }
    }
  }

  private boolean isAlone() {
    return node.log.exists()
        && node.log.membership().voters().size() == 1
        && founder.begun().filter(it -> it.membership().voters().size() == 1).isPresent();
  }

  void onNotAdmitted(Message.NotAdmitted m, Envelope e) {
    boolean waiting = node.phase() == Phase.LEARNING && m.refused().equals(node.self);
    boolean voter = node.log.exists() && node.log.membership().names(e.from());
    boolean named = voter && node.log.membership().names(node.self);
    if (waiting && voter && !named && !m.answering().equals(node.self)) {
      node.stop(StopReason.NOT_ADMITTED);
    }
  }

  void onPromiseIs(Message.PromiseIs m, Envelope e) {
    boolean voter = node.log.exists() && node.log.membership().names(e.from());
    if (voter && m.after().equals(admittedAt) && !e.from().equals(node.self)) {
      promises.put(e.from(), m.promised());
    }
  }

  void progress() {
    if (!node.log.exists()) {
      return;
    }
    checkPlace(node.log.membership());
    if (node.phase() == Phase.LEARNING && node.log.membership().names(node.self)) {
      takePlace(node.log.membership());
    }
  }

  /** Notes a later membership in which this replica has lost its place. */
  private void checkPlace(Membership membership) {
    Position known = node.log.exists() ? node.log.membership().since() : Position.ZERO;
    boolean hadPlace =
        acceptor.votesAfter().isPresent()
            || node.log.exists() && node.log.membership().names(node.self);
    boolean later =
        !known.isAfter(membership.since())
            && successor.filter(is -> !membership.since().isAfter(is.since())).isEmpty();
    if (hadPlace && later && !membership.names(node.self)) {
      successor = Optional.of(membership);
      knowing.clear();
    }
  }

  private void checkOut(Message.Status m, Member from) {
    boolean knows =
        successor.filter(is -> is.names(from) && !is.since().isAfter(m.chosen())).isPresent();
    if (knows && knowing.add(from) && knowing.size() >= successor.orElseThrow().quorum()) {
      boolean filled = successor.orElseThrow().at(node.self.id()).isPresent();
      node.stop(filled ? StopReason.REPLACED : StopReason.REMOVED);
    }
  }

  /** Whether nobody filled this place before: no lease rests on what its last holder granted. */
  private boolean isGrowth() {
    return node.log.ledger().before().filter(is -> is.at(node.self.id()).isEmpty()).isPresent();
  }

  private void takePlace(Membership membership) {
    if (!membership.since().equals(admittedAt)) {
      admittedAt = membership.since();
      promises.clear();
      again = node.now();
    }
    List<Member> others =
        membership.members().stream().filter(member -> !member.equals(node.self)).toList();
    if (promises.size() > others.size() / 2) {
      Ballot highest = promises.values().stream().reduce(Ballot.NONE, Ballot::max);
      acceptor.admit(admittedAt, highest);
      if (isGrowth()) {
        acceptor.lease().grant(highest.proposer(), node.now());
      } else {
        acceptor.lease().block(node.now());
      }
    } else if (node.now() >= again) {
      again = node.now() + node.timing().retry();
      others.forEach(member -> node.send(member, new Message.AskPromise(admittedAt)));
    }
  }
}
