package io.registrar.log.net;

import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Member;
import java.util.Optional;

/**
 * Who a replica is when it makes a connection. Both may change while the network runs: a new disk
 * draws an incarnation, an ensemble is founded or joined.
 *
 * @param member place and incarnation
 * @param ensemble to which it belongs; empty while it has none
 */
public record Introduction(Member member, Optional<EnsembleId> ensemble) {

  /** Whether the two belong to different ensembles. */
  boolean isForeignTo(Introduction other) {
    return ensemble.isPresent()
        && other.ensemble.isPresent()
        && !ensemble.orElseThrow().equals(other.ensemble.orElseThrow());
  }
}
