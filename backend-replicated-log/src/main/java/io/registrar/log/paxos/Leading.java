package io.registrar.log.paxos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Phase 2, position by position, on the promises of a quorum that cover every later position of
 * this membership (Paxos Made Simple, section 3).
 *
 * <ol>
 *   <li>One entry is in flight; the next position is proposed when it is chosen. Under one ballot,
 *       a position is proposed once: phase 1 never runs again for it.
 *   <li>What the quorum had accepted is proposed first. No session is confirmed while an entry that
 *       may end it is in flight: it may be chosen already.
 *   <li>An entry is announced as chosen only when a quorum of the position's voters has accepted it
 *       under this ballot.
 *   <li>When a membership is chosen, nothing is proposed until phase 1 has run among the new
 *       voters.
 * </ol>
 */
final class Leading extends Stage {
  private enum Origin {
    /** Accepted under an earlier ballot: it may be chosen already. */
    ADOPTED,
    /** Made here. */
    OWN
  }

  private record Flight(Entry entry, Tally tally, Origin origin) {}

  private final Coordinator coordinator;
  private final Node node;
  private final Agenda agenda;
  private final Ballot ballot;
  private final Membership membership;
  private final Followers followers;
  private final Map<Long, Long> rounds = new TreeMap<>();
  private final Map<Member, Long> heard = new TreeMap<>();
  private Wish.Barrier barrier;
  private Position position;
  private Optional<Flight> flight = Optional.empty();
  private final long began;
  private Position announced = Position.ZERO;
  private long chosenAt;
  private long resendAt;
  private long heartbeatAt;

  Leading(Coordinator coordinator, Ballot ballot, Wish.Barrier barrier, Optional<Vote> toFinish) {
    this.coordinator = coordinator;
    this.node = coordinator.node;
    this.agenda = coordinator.agenda;
    this.ballot = ballot;
    this.barrier = barrier;
    this.membership = node.log.membership();
    this.position = node.log.next();
    this.followers = new Followers(membership, node.sightings);
    this.began = node.now();
    this.heartbeatAt = began;
    toFinish.ifPresent(vote -> launch(vote.entry(), Origin.ADOPTED));
  }

  @Override
  Optional<Ballot> ballot() {
    return Optional.of(ballot);
  }

  /** The latest round that a member has answered; 0 if none. */
  long followed(Member member) {
    return followers.followed(member);
  }

  /** Whether a quorum of a membership has answered lately: so that it could go on by itself. */
  boolean reaches(Membership next) {
    return next.members().stream().filter(this::isThere).count() >= next.quorum();
  }

  /** Whether a majority of the other voters has answered lately. */
  boolean hearsMostBut(Member one) {
    List<Member> others =
        membership.members().stream().filter(member -> !member.equals(one)).toList();
    return others.stream().filter(this::isThere).count() > others.size() / 2;
  }

  private boolean isThere(Member member) {
    return heard.getOrDefault(member, -1L) >= node.now() - node.timing().lease();
  }

  /**
   * Whether not everybody who is there need have answered yet: the first heartbeats may be lost.
   */
  boolean isNew() {
    Timing timing = node.timing();
    return node.now() - began < 2L * timing.heartbeat() + timing.retry();
  }

  /** Until when a quorum of these members has granted the lease; 0 if it has not. */
  long leaseUntil(int lease) {
    return followers.leaseUntil(lease);
  }

  void giveBackLease() {
    followers.giveBack();
  }

  /** The latest round that was sent. */
  long round() {
    return followers.round();
  }

  @Override
  Stage progress() {
    if (!coordinator.isVoter()) {
      return coordinator.rest();
    }
    if (!node.log.next().equals(position)) {
      return new Preparing(coordinator, ballot, Message.Haste.AT_ONCE, barrier);
    }
    boolean chosen = flight.filter(open -> open.tally().complete()).isPresent();
    if (chosen) {
      choose(flight.orElseThrow());
      if (!node.log.membership().equals(membership)) {
        heartbeat();
        return coordinator.isVoter()
            ? new Preparing(coordinator, ballot, Message.Haste.AT_ONCE, barrier)
            : coordinator.rest();
      }
    }
    if (flight.isEmpty()) {
      proposeNext();
    }
    keepUp();
    confirm();
    if (agenda.campaign().isPresent()) {
      coordinator.lease().granted(ballot, followers.leaseUntil(node.timing().lease()));
    }
    return this;
  }

  private void choose(Flight open) {
    flight = Optional.empty();
    barrier = Wish.Barrier.PASSED;
    node.log.learn(open.entry());
    position = node.log.next();
    chosenAt = node.now();
    coordinator.observe();
  }

  /** Proposes what was in flight here under an earlier ballot, or the first wish that may be. */
  private void proposeNext() {
    agenda.inFlightAt(position).ifPresent(entry -> launch(entry, Origin.OWN));
    Optional<Wish> wish = agenda.next();
    while (flight.isEmpty() && wish.isPresent()) {
      Draft draft = wish.get().draft(node.log, position, barrier);
      if (draft instanceof Draft.Propose propose) {
        Entry entry = new Entry(node.newTag(), propose.content());
        wish.get().takeOff(position, entry);
        launch(entry, Origin.OWN);
      } else if (draft instanceof Draft.Refuse refuse) {
        agenda.drop(wish.get());
        wish.get().refuse(refuse.reason(), node);
        wish = agenda.next();
      } else if (draft instanceof Draft.Later) {
        wish = Optional.empty();
      } else {
        launch(new Entry(node.newTag(), new Content.NoOp()), Origin.OWN);
      }
    }
    if (flight.isEmpty() && agenda.toResolve().isPresent()) {
      launch(new Entry(node.newTag(), new Content.NoOp()), Origin.OWN);
    }
  }

  private void launch(Entry entry, Origin origin) {
    flight = Optional.of(new Flight(entry, new Tally(membership, node.sightings), origin));
    sendAccepts();
  }

  private void sendAccepts() {
    flight.ifPresent(
        open -> {
          Message accept = new Message.Accept(ballot, position, open.entry(), node.log.tag());
          open.tally().missing().forEach(member -> node.send(member, accept));
          announced = node.log.chosen();
        });
    resendAt = node.now() + node.timing().retry();
  }

  /**
   * Asks again where no answer came, and shows that it is there. What is chosen is announced with
   * the next proposal, or by the next tick if none has come: a lone caller need not pay for a round
   * of its own.
   */
  private void keepUp() {
    if (flight.isPresent() && node.now() >= resendAt) {
      sendAccepts();
    }
    if ((isUntold() && node.now() > chosenAt) || node.now() >= heartbeatAt) {
      heartbeat();
    }
  }

  private boolean isUntold() {
    return node.log.chosen().isAfter(announced);
  }

  /** Somebody reads: what is chosen is to be known before the answer is. */
  void announce() {
    if (isUntold()) {
      heartbeat();
    }
  }

  private void heartbeat() {
    long round = coordinator.newRound();
    followers.sent(round, node.now());
    announced = node.log.chosen();
    heartbeatAt = node.now() + node.timing().heartbeat();
    boolean stands = agenda.campaign().isPresent();
    Message.Heartbeat.Lease lease =
        stands ? Message.Heartbeat.Lease.ASKED : Message.Heartbeat.Lease.NOT_ASKED;
    Message heartbeat =
        new Message.Heartbeat(ballot, round, node.log.chosen(), node.log.tag(), lease);
    SortedSet<MemberId> all = new TreeSet<>(node.peers());
    all.addAll(membership.voters().keySet());
    all.add(node.config.self());
    all.forEach(member -> node.send(member, heartbeat));
  }

  /** A round to a quorum for each question whether a session is still the latest. */
  private void confirm() {
    if (flight.filter(Leading::mayFence).isPresent()) {
      return;
    }
    if (rounds.isEmpty() && agenda.confirmations().isEmpty()) {
      return;
    }
    rounds
        .keySet()
        .retainAll(agenda.confirmations().stream().map(it -> it.request().number()).toList());
    boolean fresh =
        agenda.confirmations().stream()
            .anyMatch(confirm -> !rounds.containsKey(confirm.request().number()));
    if (fresh) {
      heartbeat();
    }
    for (Input.Confirm confirm : agenda.confirmations()) {
      long round = rounds.computeIfAbsent(confirm.request().number(), asked -> followers.round());
      if (followers.isConfirmed(round)) {
        answer(confirm);
      }
    }
  }

  /** An entry in flight may be chosen already, and may end the session that asks. */
  private static boolean mayFence(Flight open) {
    return open.origin() == Origin.ADOPTED || open.entry().content() instanceof Content.BeginEpoch;
  }

  private void answer(Input.Confirm confirm) {
    agenda.drop(confirm);
    rounds.remove(confirm.request().number());
    if (node.log.ledger().epoch() == confirm.epoch()) {
      node.deliveries.addAtOnce(new Delivery.Confirmed(confirm.request(), confirm.epoch()));
    } else {
      node.refuse(confirm.request(), Settlement.Reason.FENCED);
    }
  }

  @Override
  void onAccepted(Message.Accepted m, Envelope e) {
    if (m.ballot().equals(ballot) && m.position().equals(position)) {
      heard.put(e.from(), node.now());
      flight.ifPresent(open -> open.tally().count(e));
    }
  }

  @Override
  void onFollowing(Message.Following m, Envelope e) {
    if (m.ballot().equals(ballot)) {
      heard.put(e.from(), node.now());
      followers.count(m, e);
    }
  }

  @Override
  void heard(Envelope e) {
    followers.refresh(e);
    flight.ifPresent(open -> open.tally().refresh(e));
  }
}
