package io.registrar.log.paxos;

import io.registrar.log.paxos.Message.Abstained;
import io.registrar.log.paxos.Message.Abstained.Reason;
import io.registrar.log.paxos.Message.Following;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Promises and accepts (Paxos Made Simple, section 2.2, with one promise for all later positions as
 * in section 3).
 *
 * <ol>
 *   <li>The promise never falls; it is synced before anybody hears of it.
 *   <li>Nothing is accepted under a ballot below the promise, and an accept raises the promise to
 *       its ballot (in Mesos it does not, and a late write can undo a chosen value).
 *   <li>A position is voted on only when every earlier one has been learned, and only if it comes
 *       after the position at which this incarnation was admitted.
 *   <li>A learned position is not voted on again.
 *   <li>Every question is answered, if only by saying that there is no vote.
 * </ol>
 */
final class Acceptor {
  private final Node node;
  private final Lease lease;
  private Ballot promised = Ballot.NONE;
  private @Nullable Position votesAfter;

  Acceptor(Node node) {
    this.node = node;
    this.lease = new Lease(node.timing());
  }

  void restore(Ballot promise, Optional<Position> after) {
    promised = promise;
    votesAfter = after.orElse(null);
  }

  Ballot promised() {
    return promised;
  }

  Optional<Position> votesAfter() {
    return Optional.ofNullable(votesAfter);
  }

  Lease lease() {
    return lease;
  }

  /** Whether this replica votes at a position: it was admitted before it, and not removed. */
  boolean votesAt(Position position) {
    boolean admitted = votesAfter != null && position.isAfter(votesAfter) && node.log.exists();
    return admitted
        && (node.log.next().isAfter(position) || node.log.membership().names(node.self));
  }

  /** Begins to vote after a position, having adopted a promise. */
  void admit(Position after, Ballot adopted) {
    promised = Ballot.max(promised, adopted);
    votesAfter = after;
    node.journal.write(new DurableRecord.VotesAfter(after, promised));
    node.enter(Phase.VOTING);
  }

  /** Begins to vote from the first position: the ensemble has been founded. */
  void found() {
    votesAfter = Position.ZERO;
    node.enter(Phase.VOTING);
  }

  void onPrepare(Message.Prepare m, Envelope e) {
    Optional<Reason> obstacle = obstacle(e.from(), m.ballot(), m.position());
    boolean campaign = m.haste() == Message.Haste.AFTER_LEASE;
    if (obstacle.isEmpty() && campaign && !lease.isFreeFor(e.from(), node.now())) {
      obstacle = Optional.of(Reason.LEASED);
    }
    if (obstacle.isPresent()) {
      abstain(e, m.ballot(), m.position(), obstacle.get());
    } else if (promised.beats(m.ballot())) {
      node.send(e.from(), new Message.Rejected(m.ballot(), promised));
    } else {
      raise(m.ballot());
      if (campaign) {
        lease.grant(e.from(), node.now());
      }
      Optional<Vote> accepted =
          node.log.next().equals(m.position()) ? node.log.accepted() : Optional.empty();
      node.send(
          e.from(), new Message.Promise(m.ballot(), m.position(), node.log.chosen(), accepted));
    }
  }

  void onAccept(Message.Accept m, Envelope e) {
    Optional<Reason> obstacle = obstacle(e.from(), m.ballot(), m.position());
    if (obstacle.isPresent()) {
      abstain(e, m.ballot(), m.position(), obstacle.get());
      return;
    }
    if (promised.beats(m.ballot())) {
      node.send(e.from(), new Message.Rejected(m.ballot(), promised));
      return;
    }
    m.previous().ifPresent(tag -> node.log.learnTagged(m.position().previous(), tag));
    if (m.position().isAfter(node.log.next())) {
      raise(m.ballot());
      abstain(e, m.ballot(), m.position(), Reason.BEHIND);
    } else if (node.log.next().isAfter(m.position())) {
      raise(m.ballot());
      abstain(e, m.ballot(), m.position(), Reason.CHOSEN);
    } else {
      accept(new Vote(m.ballot(), m.entry()));
      node.send(e.from(), new Message.Accepted(m.ballot(), m.position()));
    }
  }

  private void accept(Vote vote) {
    boolean again =
        node.log.accepted().filter(held -> held.ballot().equals(vote.ballot())).isPresent();
    if (!again) {
      promised = vote.ballot();
      node.log.accept(vote);
    }
  }

  private void raise(Ballot ballot) {
    if (ballot.beats(promised)) {
      promised = ballot;
      node.journal.write(new DurableRecord.Promised(ballot));
    }
  }

  private Optional<Reason> obstacle(Member asking, Ballot ballot, Position position) {
    if (!votesAt(position)) {
      return Optional.of(Reason.LEARNER);
    }
    boolean named = position.isAfter(node.log.next()) || node.log.membership().names(asking);
    return named && ballot.proposer().equals(asking)
        ? Optional.empty()
        : Optional.of(Reason.NOT_A_MEMBER);
  }

  private void abstain(Envelope e, Ballot ballot, Position position, Reason reason) {
    node.send(e.from(), new Abstained(ballot, position, node.log.chosen(), reason));
  }

  void onHeartbeat(Message.Heartbeat m, Envelope e) {
    if (obstacle(e.from(), m.ballot(), node.log.next()).isPresent()) {
      return;
    }
    if (promised.beats(m.ballot())) {
      node.send(e.from(), new Message.Rejected(m.ballot(), promised));
      return;
    }
    boolean granted =
        m.lease() == Message.Heartbeat.Lease.ASKED && lease.isFreeFor(e.from(), node.now());
    if (granted) {
      lease.grant(e.from(), node.now());
      lease.answered(m);
    }
    Following.Lease answer = granted ? Following.Lease.GRANTED : Following.Lease.WITHHELD;
    node.send(e.from(), new Following(m.ballot(), m.round(), node.log.chosen(), answer));
  }

  void onCanvass(Message.Canvass m, Envelope e) {
    if (votesAt(node.log.next()) && lease.isFreeFor(e.from(), node.now())) {
      node.send(e.from(), new Message.Canvassed(m.round()));
    }
  }

  void onResigned(Message.Resigned m, Envelope e) {
    lease.release(e.from(), m);
  }

  void onAskEnd(Message.AskEnd m, Envelope e) {
    if (votesAt(m.position())) {
      node.send(e.from(), new Message.EndIs(m.round(), m.position(), node.log.end()));
    }
  }

  /** A promise read after the entry that admitted the asker was chosen. */
  void onAskPromise(Message.AskPromise m, Envelope e) {
    if (votesAt(m.after().next())) {
      node.send(e.from(), new Message.PromiseIs(m.after(), promised));
    }
  }
}
