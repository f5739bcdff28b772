package io.registrar.log.paxos;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The coordinator's side of autorecovery: puts the new incarnation of a lost disk into the place of
 * the old one.
 *
 * <ol>
 *   <li>An incarnation that still answers is not replaced: the newcomer is refused. Only an answer
 *       to a heartbeat sent after the newcomer was met says so; a late message does not.
 *   <li>One is replaced only when it has been silent for {@link Timing#silence} under this
 *       coordinator, and the newcomer has nearly caught up, or keeps pace; and only while a
 *       majority of the other voters answers, whose promises the newcomer needs before its first
 *       vote.
 *   <li>Of two incarnations of a new place that were both heard of late, one may be gone, and none
 *       is added: a member that is gone may be the one that the new quorum lacks.
 * </ol>
 */
final class Admissions {
  private static final int MOST = 64;

  /**
   * A learner as it was last heard, in rounds (Ongaro's thesis, section 4.2.1): a round ends when
   * the learner has all that was chosen when the round began.
   */
  private record Learner(
      Member member, Position chosen, long heard, Position goal, long since, long lastRound) {
    static Learner met(Member member, Position chosen, Position end, long now) {
      return new Learner(member, chosen, now, end, now, Long.MAX_VALUE);
    }

    Learner heard(Position reached, Position end, long now) {
      return goal.isAfter(reached)
          ? new Learner(member, reached, now, goal, since, lastRound)
          : new Learner(member, reached, now, end, now, now - since);
    }
  }

  private record Watch(Leading under, long round, long since) {}

  private final Node node;
  private final Coordinator coordinator;
  private final Map<Member, Learner> learners = new TreeMap<>();
  private final Map<Member, Watch> watches = new TreeMap<>();
  private final Map<Member, Long> empties = new TreeMap<>();

  Admissions(Node node, Coordinator coordinator) {
    this.node = node;
    this.coordinator = coordinator;
  }

  void onStatus(Message.Status m, Envelope e) {
    boolean ours = node.ensemble().isPresent() && node.ensemble().equals(e.ensemble());
    boolean room = learners.size() < MOST || learners.containsKey(e.from());
    if (ours && m.phase() == Phase.LEARNING && room) {
      node.welcome(e.from().id());
      Position end = node.log.chosen();
      Learner before = learners.get(e.from());
      learners.put(
          e.from(),
          before == null
              ? Learner.met(e.from(), m.chosen(), end, node.now())
              : before.heard(m.chosen(), end, node.now()));
    } else if (m.phase() == Phase.EMPTY && empties.size() < MOST) {
      empties.put(e.from(), node.now());
    }
  }

  /** The membership with a learner added, if it is there and has caught up. */
  Optional<Membership> add(MemberId id, Membership now, Position position) {
    boolean room = now.at(id).isEmpty() && now.voters().size() < Membership.MOST;
    return learners.values().stream()
        .filter(learner -> room && learner.member.id().equals(id) && isNear(learner))
        .filter(learner -> isAlone(learner.member))
        .findFirst()
        .map(learner -> now.with(learner.member, position));
  }

  /** Whether no other incarnation of the place was heard of late. */
  private boolean isAlone(Member member) {
    return Stream.concat(learners.keySet().stream(), empties.keySet().stream())
        .noneMatch(other -> other.id().equals(member.id()) && !other.equals(member));
  }

  /** Who learns, and how far. */
  SortedMap<Member, Position> learners() {
    SortedMap<Member, Position> known = new TreeMap<>();
    learners.forEach((member, learner) -> known.put(member, learner.chosen()));
    return known;
  }

  /**
   * Whether the learner is but a few positions behind, or keeps pace: what it says of itself is as
   * old as its status, and thousands may have been chosen since. Its last round, and the present
   * one so far, must then be shorter than a status and a lease.
   */
  private boolean isNear(Learner learner) {
    long distance = node.log.chosen().value() - learner.chosen.value();
    long round = Math.max(learner.lastRound, node.now() - learner.since);
    return distance <= node.config.bounds().distance()
        || round <= (long) node.timing().status() + node.timing().lease();
  }

  void progress() {
    long quiet = node.now() - 4L * node.timing().status();
    empties.values().removeIf(heard -> heard < quiet);
    if (learners.isEmpty()) {
      watches.clear();
      return;
    }
    learners.values().removeIf(learner -> learner.heard < quiet);
    watches.keySet().retainAll(learners.keySet());
    coordinator.leading().ifPresent(leading -> learners.values().forEach(it -> judge(it, leading)));
  }

  private void judge(Learner learner, Leading leading) {
    Member newcomer = learner.member;
    Optional<Member> before = node.log.membership().at(newcomer.id());
    if (before.isEmpty() || before.get().equals(newcomer)) {
      return;
    }
    Watch watch = watches.get(newcomer);
    if (watch == null || watch.under != leading) {
      watch = new Watch(leading, leading.round(), node.now());
      watches.put(newcomer, watch);
    }
    boolean answers = leading.followed(before.get()) > watch.round;
    if (answers) {
      refuse(newcomer, before.get());
      watches.put(newcomer, new Watch(leading, leading.round(), node.now()));
    } else if (node.now() - watch.since >= node.timing().silence()
        && isNear(learner)
        && leading.hearsMostBut(before.get())
        && !coordinator.agenda.changesMembership()) {
      coordinator.agenda.add(replace(before.get(), newcomer));
    }
  }

  private void refuse(Member newcomer, Member answering) {
    node.notice(Delivery.Notice.TWIN, newcomer.id());
    node.send(newcomer, new Message.NotAdmitted(newcomer, answering));
  }

  private MembershipWish replace(Member before, Member newcomer) {
    return new MembershipWish(
        Optional.empty(),
        (now, position) ->
            now.names(before) ? Optional.of(now.with(newcomer, position)) : Optional.empty(),
        () -> false);
  }
}
