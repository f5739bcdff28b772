package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AgentState;
import java.util.Optional;

/**
 * Takes an agent back that was unreachable, as it now describes itself. One that the registry does
 * not know (its record may have been pruned) is admitted; one that is registered stays as it is.
 *
 * <p>Refused if the agent is gone.
 *
 * @param id the agent's id
 * @param info what the agent says of itself now
 */
public record MarkAgentReachable(String id, AgentInfo info) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Optional<Agent> known = edit.get(Agent.TYPE, id);
    if (known.isPresent() && known.get().state() == AgentState.GONE) {
      throw Agents.gone(known.get());
    }
    if (known.isPresent() && known.get().state() == AgentState.REGISTERED) {
      return known.get();
    }
    Agent back =
        known.map(agent -> agent.reachable().with(info)).orElse(Agent.registered(id, info));
    edit.put(Agent.TYPE, back);
    if (known.isPresent()) {
      edit.audit("agent reachable", Agent.TYPE, id, back.hostname());
    }
    return back;
  }
}
