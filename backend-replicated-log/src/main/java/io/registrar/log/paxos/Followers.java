package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who has answered which heartbeat of a coordinator.
 *
 * <ol>
 *   <li>A round is confirmed when a quorum has answered it or a later one: when the first of them
 *       did, no higher ballot had got anything chosen at the coordinator's position.
 *   <li>The lease runs from when the latest round was sent that a quorum has granted.
 *   <li>Votes count as in {@link Tally}: under the incarnation that is named, and not of one that
 *       somebody has seen further.
 * </ol>
 */
final class Followers {
  private static final int MOST_ROUNDS = 512;

  private record Follow(Vitals vitals, long round, long granted) {}

  private final Membership membership;
  private final Sightings sightings;
  private final SortedMap<Member, Follow> follows = new TreeMap<>();
  private final TreeMap<Long, Long> sent = new TreeMap<>();
  private long round;
  private long givenBack;

  Followers(Membership membership, Sightings sightings) {
    this.membership = membership;
    this.sightings = sightings;
  }

  /** A round is sent; rounds of one ballot never have the same number. */
  void sent(long newRound, long now) {
    round = newRound;
    sent.put(round, now);
    if (sent.size() > MOST_ROUNDS) {
      sent.pollFirstEntry();
    }
  }

  long round() {
    return round;
  }

  void count(Message.Following m, Envelope e) {
    if (!membership.names(e.from()) || !sent.containsKey(m.round())) {
      return;
    }
    Follow before = follows.getOrDefault(e.from(), new Follow(e.vitals(), 0, 0));
    boolean grants = m.lease() == Message.Following.Lease.GRANTED;
    follows.put(
        e.from(),
        new Follow(
            e.vitals(),
            Math.max(before.round, m.round()),
            grants ? Math.max(before.granted, m.round()) : before.granted));
  }

  void refresh(Envelope later) {
    Follow shown = follows.get(later.from());
    if (shown != null && shown.vitals.start().equals(later.vitals().start())) {
      Vitals vitals = shown.vitals.merge(later.vitals());
      follows.put(later.from(), new Follow(vitals, shown.round, shown.granted));
    }
  }

  /** The latest round that a member has answered; 0 if none. */
  long followed(Member member) {
    Follow follow = follows.get(member);
    return follow == null ? 0 : follow.round;
  }

  boolean isConfirmed(long asked) {
    return trusted().stream().filter(follow -> follow.round >= asked).count()
        >= membership.quorum();
  }

  /** What was granted so far is given back. */
  void giveBack() {
    givenBack = round;
  }

  /** Until when the lease is granted by a quorum; 0 if it is not. */
  long leaseUntil(int lease) {
    long[] granted = trusted().stream().mapToLong(Follow::granted).sorted().toArray();
    if (granted.length < membership.quorum()) {
      return 0;
    }
    long latest = granted[granted.length - membership.quorum()];
    Long sentAt = sent.get(latest);
    return sentAt == null || latest <= givenBack ? 0 : sentAt + lease;
  }

  private List<Follow> trusted() {
    List<Follow> trusted = new ArrayList<>();
    follows.forEach(
        (member, follow) -> {
          if (sightings.trust(member, follow.vitals)) {
            trusted.add(follow);
          }
        });
    return trusted;
  }
}
