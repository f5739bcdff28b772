package io.registrar.log.registry;

import io.registrar.log.node.LogNode;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.log.replica.ReplicaStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of one member, as the ancestor named those that it had. */
final class LogGauges {
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
    figures.put("log_frames_forgotten", loop.forgottenFrames());
    figures.put("log_tail_bytes", keeper.tailBytes());
    figures.put("log_state_bytes", keeper.state().bytes());
    figures.put("log_failed", status.failure() == null ? 0L : 1L);
    return figures;
  }
}
