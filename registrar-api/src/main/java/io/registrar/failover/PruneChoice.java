package io.registrar.failover;

import io.registrar.operation.PruneAgents;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import io.registrar.record.Registry;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses which records of agents have been kept for long enough: the oldest above a number, and
 * all above an age.
 */
final class PruneChoice {
  private PruneChoice() {}

  /** What is to be pruned now, if anything. */
  static Optional<PruneAgents> of(Registry registry, FailoverOptions options, Instant now) {
    Set<String> unreachable = choose(registry, AgentState.UNREACHABLE, options, now);
    Set<String> gone = choose(registry, AgentState.GONE, options, now);
    return unreachable.isEmpty() && gone.isEmpty()
        ? Optional.empty()
        : Optional.of(new PruneAgents(unreachable, gone));
  }

  private static Set<String> choose(
      Registry registry, AgentState state, FailoverOptions options, Instant now) {
    List<Agent> oldestFirst =
        registry
            .all(Agent.TYPE)
            .filter(agent -> agent.state() == state)
            .sorted(Comparator.comparing(agent -> agent.since().orElse(Instant.EPOCH)))
            .toList();
    Instant eldest = now.minus(options.maxAge());
    Set<String> chosen = new HashSet<>();
    for (int i = 0; i < oldestFirst.size(); i++) {
      boolean surplus = oldestFirst.size() - i > options.maxCount();
      boolean old = oldestFirst.get(i).since().orElse(Instant.EPOCH).isBefore(eldest);
      if (surplus || old) {
        chosen.add(oldestFirst.get(i).id());
      }
    }
    return chosen;
  }
}
