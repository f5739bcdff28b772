package io.registrar.log.registry;

import io.registrar.log.node.LogNode;
import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.replica.PeerFigures;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.log.replica.ReplicaStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of one member, as the ancestor named those that it had. */
final class LogGauges {
  /** A storage has the same figures while it is open, so there is one for each likely place. */
  private static final int PLACES = 9;

  private static final Long NOBODY = -1L;

  private LogGauges() {}

  static Map<String, Long> read(LogNode node, StateKeeper keeper) {
    ReplicaLoop loop = node.loop();
    ReplicaStatus status = loop.status();
    Optional<LogBase> base = status.base();
    Map<String, Long> figures = new TreeMap<>();
    figures.put("log_recovered", status.votes() ? 1L : 0L);
    figures.put(
        "log_ensemble_size", base.map(it -> (long) it.membership().voters().size()).orElse(0L));
    figures.put("log_coordinator", status.role() == ReplicaStatus.Role.COORDINATOR ? 1L : 0L);
    figures.put("log_position", status.chosen().value());
    figures.put(
        "log_begin", status.footing().map(footing -> footing.base().begin().value()).orElse(0L));
    figures.put("log_epoch", base.map(LogBase::epoch).orElse(0L));
    figures.put("log_version", base.map(LogBase::version).orElse(0L));
    figures.put("log_sync_us", loop.lastSync().toNanos() / 1_000);
    figures.put("log_recoveries", loop.recoveries());
    figures.put("log_damages", loop.damages());
    figures.put("log_elections", loop.elections());
    figures.put("log_refused_connections", node.refusedConnections());
    figures.put("log_frames_forgotten", loop.forgottenFrames());
    figures.put("log_tail_bytes", keeper.tailBytes());
    figures.put("log_state_bytes", keeper.bytes());
    figures.put("log_failed", status.failure() == null ? 0L : 1L);
    putPeers(loop.peerFigures(), figures);
    if (status.role() == ReplicaStatus.Role.COORDINATOR) {
      figures.put("log_leader", (long) status.member().id().value());
    }
    return figures;
  }

  private static void putPeers(PeerFigures peers, Map<String, Long> figures) {
    Ballot promised = peers.promised();
    boolean none = promised.equals(Ballot.NONE);
    figures.put("log_ballot", none ? 0L : promised.round());
    figures.put("log_leader", none ? 0L : promised.proposer().id().value());
    figures.put("log_lag", peers.lags().values().stream().max(Long::compare).orElse(0L));
    for (int id = 1; id <= PLACES; id++) {
      figures.put("log_lag_" + id, peers.lags().getOrDefault(new MemberId(id), NOBODY));
    }
  }
}
