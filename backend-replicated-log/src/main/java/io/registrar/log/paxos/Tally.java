package io.registrar.log.paxos;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the votes of one question that was put to the voters of one position.
 *
 * <ol>
 *   <li>A vote counts only under the incarnation that the membership of the position names: not
 *       that of a stranger, of a removed member, or of a lost disk, however late it comes.
 *   <li>A member counts once.
 *   <li>A vote does not count while anybody is known to have seen more of that incarnation than it
 *       has shown: it comes from a set-back disk, or from a copy. Whoever asks again gets a fresh
 *       one.
 * </ol>
 */
final class Tally {
  private final Membership membership;
  private final Sightings sightings;
  private final SortedMap<Member, Vitals> votes = new TreeMap<>();

  Tally(Membership membership, Sightings sightings) {
    this.membership = membership;
    this.sightings = sightings;
  }

  /** Counts a vote; whether it counts is only known when the tally is taken. */
  void count(Envelope vote) {
    if (membership.names(vote.from())) {
      votes.put(vote.from(), vote.vitals());
    }
  }

  /** The same process has gone on since it voted: later news of it is no sign of a loss. */
  void refresh(Envelope later) {
    Vitals shown = votes.get(later.from());
    if (shown != null && shown.start().equals(later.vitals().start())) {
      votes.put(later.from(), shown.merge(later.vitals()));
    }
  }

  boolean counts(Member member) {
    Vitals shown = votes.get(member);
    return shown != null && sightings.trust(member, shown);
  }

  boolean complete() {
    return votes.keySet().stream().filter(this::counts).count() >= membership.quorum();
  }

  /** The voters whose vote is not there, or does not count. */
  List<Member> missing() {
    return membership.members().stream().filter(member -> !counts(member)).toList();
  }
}
