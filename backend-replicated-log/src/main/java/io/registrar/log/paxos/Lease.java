package io.registrar.log.paxos;

import java.util.Optional;

/**
 * The lease that this member has granted. It serves the election alone: nothing that a caller is
 * told as fact rests on it (Gray and Cheriton, Leases, SOSP '89).
 *
 * <ol>
 *   <li>While a lease runs, this member helps no other candidate in a campaign.
 *   <li>A resignation gives back what was granted before it was written, and nothing that was
 *       granted since, however late it comes.
 *   <li>After a start, a lease that was granted before may still run: campaigns wait as long. So
 *       does an incarnation that takes another one's place, which may have granted one.
 *   <li>It ends with the process that holds it, where that is known for certain.
 *   <li>A member that takes nobody's place has taken no word over. It helps the coordinator that it
 *       finds at once, so that growth does not move the lead, and others later: a lease that was
 *       granted before it came may rest on a quorum that it was no part of.
 * </ol>
 */
final class Lease {
  private final Timing timing;
  private Optional<Member> holder = Optional.empty();
  private Optional<Message.Heartbeat> answered = Optional.empty();
  private long until;

  Lease(Timing timing) {
    this.timing = timing;
  }

  boolean isFreeFor(Member candidate, long now) {
    return now >= until || isHeldBy(candidate);
  }

  void grant(Member member, long now) {
    if (!isHeldBy(member)) {
      answered = Optional.empty();
    }
    holder = Optional.of(member);
    until = now + timing.lease() + timing.grace();
  }

  /** Refuses everybody for as long as a forgotten lease might run. */
  void block(long now) {
    holder = Optional.empty();
    until = now + timing.lease() + timing.grace();
  }

  /** It was granted in answer to this heartbeat. */
  void answered(Message.Heartbeat heartbeat) {
    boolean older =
        answered.filter(last -> isSince(last, heartbeat.ballot(), heartbeat.round())).isPresent();
    if (!older) {
      answered = Optional.of(heartbeat);
    }
  }

  /** Whose it was last, running or not. */
  Optional<Member> holder() {
    return holder;
  }

  /** A process that has ended holds nothing. */
  void ended(Member member) {
    if (isHeldBy(member)) {
      until = 0;
    }
  }

  void release(Member member, Message.Resigned resigned) {
    boolean grantedSince =
        answered.filter(last -> isSince(last, resigned.ballot(), resigned.round())).isPresent();
    if (isHeldBy(member) && !grantedSince) {
      until = 0;
    }
  }

  /** A member's ballots grow from one start to the next, and its rounds within a start. */
  private static boolean isSince(Message.Heartbeat last, Ballot ballot, long round) {
    return last.ballot().beats(ballot) || last.ballot().equals(ballot) && last.round() > round;
  }

  private boolean isHeldBy(Member member) {
    return holder.filter(member::equals).isPresent();
  }
}
