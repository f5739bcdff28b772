package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Forgets agents that have been unreachable or gone for long, and what is reserved on them. An
 * agent that has come back since it was chosen, or that the registry does not know, is left alone;
 * so nothing is ever refused.
 *
 * @param unreachable ids of agents to forget if they are unreachable
 * @param gone ids of agents to forget if they are gone
 */
public record PruneAgents(Set<String> unreachable, Set<String> gone)
    implements Operation<List<String>> {
  public PruneAgents {
    unreachable = Set.copyOf(unreachable);
    gone = Set.copyOf(gone);
  }

  /** The ids of those that were forgotten, in their order. */
  @Override
  public List<String> perform(RegistryEdit edit) throws Refusal {
    TreeSet<String> pruned = new TreeSet<>();
    prune(edit, unreachable, AgentState.UNREACHABLE, pruned);
    prune(edit, gone, AgentState.GONE, pruned);
    edit.auditAll("agent pruned", Agent.TYPE, pruned, "");
    return List.copyOf(pruned);
  }

  private static void prune(
      RegistryEdit edit, Set<String> ids, AgentState state, Set<String> pruned) throws Refusal {
    for (String id : ids) {
      Optional<Agent> agent = edit.get(Agent.TYPE, id);
      if (agent.isPresent() && agent.get().state() == state) {
        edit.remove(Agent.TYPE, id);
        Reservations.giveBack(edit, id);
        pruned.add(id);
      }
    }
  }
}
