package io.registrar.log.replica;

import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.Replica;
import io.registrar.log.paxos.Sighting;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the ensemble looks from one replica.
 *
 * @param promised the highest ballot that any member is known to have promised; its proposer leads,
 *     or was the last that tried to. None where nobody else is
 * @param lags by how many positions each other voter or learner is behind what is known here to be
 *     chosen, as last seen
 */
public record PeerFigures(Ballot promised, SortedMap<MemberId, Long> lags) {
  /** Of a replica that has seen nobody. */
  static final PeerFigures NONE = new PeerFigures(Ballot.NONE, Collections.emptySortedMap());

  static PeerFigures of(Replica replica) {
    Ballot promised = Ballot.NONE;
    SortedMap<MemberId, Position> ends = new TreeMap<>();
    for (Sighting seen : replica.sightings()) {
      ends.merge(seen.of().id(), seen.vitals().end(), PeerFigures::further);
      if (seen.vitals().promised().beats(promised)) {
        promised = seen.vitals().promised();
      }
    }
    Set<MemberId> others = new TreeSet<>();
    replica.base().ifPresent(base -> others.addAll(voters(base.membership())));
    replica
        .learners()
        .forEach(
            (learner, end) -> {
              others.add(learner.id());
              ends.merge(learner.id(), end, PeerFigures::further);
            });
    others.remove(replica.member().id());
    SortedMap<MemberId, Long> lags = new TreeMap<>();
    for (MemberId other : others) {
      long end = ends.getOrDefault(other, Position.ZERO).value();
      lags.put(other, Math.max(0, replica.chosen().value() - end));
    }
    return new PeerFigures(promised, Collections.unmodifiableSortedMap(lags));
  }

  private static Set<MemberId> voters(Membership membership) {
    return membership.voters().keySet();
  }

  private static Position further(Position a, Position b) {
    return a.isAfter(b) ? a : b;
  }
}
