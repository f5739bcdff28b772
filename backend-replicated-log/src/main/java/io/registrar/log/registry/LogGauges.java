package io.registrar.log.registry;

import io.registrar.log.node.LogNode;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.log.replica.ReplicaStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of one member, under the ancestor's names where it had them. */
final class LogGauges {
  private LogGauges() {}

  static Map<String, Number> read(LogNode node, StateKeeper keeper) {
    ReplicaLoop loop = node.loop();
    ReplicaStatus status = loop.status();
    Optional<LogBase> base = status.base();
    Map<String, Number> figures = new TreeMap<>();
    figures.put("registrar/log/recovered", status.votes() ? 1 : 0);
    figures.put(
        "registrar/log/ensemble_size", base.map(it -> it.membership().voters().size()).orElse(0));
    figures.put(
        "registrar/log/coordinator", status.role() == ReplicaStatus.Role.COORDINATOR ? 1 : 0);
    figures.put("registrar/log/position", status.chosen().value());
    figures.put(
        "registrar/log/begin",
        status.footing().map(footing -> footing.base().begin().value()).orElse(0L));
    figures.put("registrar/log/epoch", base.map(LogBase::epoch).orElse(0L));
    figures.put("registrar/log/version", base.map(LogBase::version).orElse(0L));
    figures.put("registrar/log/sync_ms", loop.lastSync().toNanos() / 1e6);
    figures.put("registrar/log/recoveries", loop.recoveries());
    figures.put("registrar/log/frames_forgotten", loop.forgottenFrames());
    figures.put("registrar/log/tail_bytes", keeper.tailBytes());
    figures.put("registrar/log/state_bytes", keeper.state().bytes());
    figures.put("registrar/log/failed", status.failure() == null ? 0 : 1);
    return figures;
  }
}
