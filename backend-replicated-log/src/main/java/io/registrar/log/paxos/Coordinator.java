package io.registrar.log.paxos;

import java.util.Optional;

/**
 * Gets entries chosen, when somebody here wants it: takes the place of the present coordinator,
 * learns what may have been chosen, and goes on from there (Paxos Made Simple, section 3).
 *
 * <ol>
 *   <li>A ballot is above every one that this replica has promised or heard of; no two starts have
 *       one in common.
 *   <li>A ballot that has been refused by a voter is given up; a random while passes before the
 *       next, so that two coordinators do not depose each other for ever.
 *   <li>Coordinating is no authority: two may believe that they do. What counts is chosen under the
 *       higher ballot.
 * </ol>
 */
final class Coordinator {
  private static final int STEPS = 64;

  final Node node;
  final Agenda agenda;
  final Acceptor acceptor;
  private final Learner learner;
  private final HeldLease lease;
  private Stage stage;
  private Ballot highest = Ballot.NONE;
  private long rounds;
  private Position membersSince = Position.ZERO;
  private long membersKnown;

  Coordinator(Node node, Agenda agenda, Acceptor acceptor, Learner learner) {
    this.node = node;
    this.agenda = agenda;
    this.acceptor = acceptor;
    this.learner = learner;
    this.lease = new HeldLease(node, agenda);
    this.stage = new Resting(this, 0);
  }

  /** Whether this replica may vote, and so propose, at the position that is next. */
  boolean isVoter() {
    return acceptor.votesAt(node.log.next()) && node.log.membership().names(node.self);
  }

  Optional<Leading> leading() {
    return stage instanceof Leading it ? Optional.of(it) : Optional.empty();
  }

  /** Whether it leads for so short a time that an answer of everybody may still be on its way. */
  boolean isNew() {
    return leading().filter(Leading::isNew).isPresent();
  }

  HeldLease lease() {
    return lease;
  }

  Ballot newBallot() {
    long round = Math.max(acceptor.promised().round(), highest.round()) + 1;
    highest = new Ballot(round, node.self, node.start().nonce());
    return highest;
  }

  /** Numbers a heartbeat; no two of this start have one number. */
  long newRound() {
    return ++rounds;
  }

  Stage rest() {
    lease.end();
    Timing timing = node.timing();
    return new Resting(
        this, node.now() + node.entropy.between(timing.backoff(), 2 * timing.backoff()));
  }

  /** Ends what the log has decided. */
  void observe() {
    agenda.observe(node.log.takeLearned());
    if (node.log.exists() && !node.log.membership().since().equals(membersSince)) {
      membersSince = node.log.membership().since();
      membersKnown = node.now();
    }
  }

  /**
   * Whether no lease can be left that was granted before the members last changed, but one that the
   * present members know of. Between memberships that differ in one place, a lease has a voter in
   * common with the next election; over two changes it need not.
   */
  boolean isSettled() {
    Timing timing = node.timing();
    boolean granted =
        leading().filter(it -> it.leaseUntil(timing.lease()) > node.now()).isPresent();
    boolean neverChanged = membersSince.equals(Position.ZERO);
    return neverChanged || granted || node.now() - membersKnown >= timing.lease() + timing.grace();
  }

  void progress() {
    observe();
    lease.progress();
    Stage before = null;
    for (int i = 0; i < STEPS && before != stage; i++) {
      before = stage;
      stage = stage.progress();
    }
  }

  void resign() {
    stage.ballot().ifPresent(this::releaseLeases);
    leading().ifPresent(Leading::giveBackLease);
    lease.end();
    agenda.campaign().ifPresent(request -> node.refuse(request, Settlement.Reason.WITHDRAWN));
    agenda.endCampaign();
  }

  void releaseLeases(Ballot ballot) {
    Message resigned = new Message.Resigned(ballot, rounds);
    node.log.membership().members().forEach(member -> node.send(member, resigned));
  }

  void onRejected(Message.Rejected m, Envelope e) {
    boolean voter = node.log.exists() && node.log.membership().names(e.from());
    if (voter) {
      highest = Ballot.max(highest, m.promised());
      if (stage.ballot().filter(m.ballot()::equals).isPresent()) {
        stage = rest();
      }
    }
  }

  void onAbstained(Message.Abstained m, Envelope e) {
    learner.hint(e.from().id(), m.chosen());
    boolean mine = stage.ballot().filter(m.ballot()::equals).isPresent();
    if (mine && m.reason() == Message.Abstained.Reason.LEASED) {
      stage.onLeased(m);
    } else if (mine && m.reason() == Message.Abstained.Reason.LEARNER) {
      stage.onLearner(m);
    }
  }

  void onPromise(Message.Promise m, Envelope e) {
    learner.hint(e.from().id(), m.chosen());
    stage.onPromise(m, e);
  }

  void onAccepted(Message.Accepted m, Envelope e) {
    stage.onAccepted(m, e);
  }

  void onFollowing(Message.Following m, Envelope e) {
    learner.hint(e.from().id(), m.chosen());
    stage.onFollowing(m, e);
  }

  void onCanvassed(Message.Canvassed m, Envelope e) {
    stage.onCanvassed(m, e);
  }

  void heard(Envelope e) {
    stage.heard(e);
  }
}
