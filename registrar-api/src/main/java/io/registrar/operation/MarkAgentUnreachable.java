package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import java.time.Instant;

/**
 * Marks a registered agent as not heard of; it may come back.
 *
 * <p>Refused if the agent is unknown, unreachable already, or gone.
 *
 * @param id the agent's id
 * @param since when it was given up
 */
public record MarkAgentUnreachable(String id, Instant since) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.known(edit, id);
    if (agent.state() != AgentState.REGISTERED) {
      throw Agents.conflict(agent, "cannot be marked unreachable");
    }
    Agent unreachable = agent.unreachable(since);
    edit.put(Agent.TYPE, unreachable);
    edit.audit("agent unreachable", Agent.TYPE, id, agent.hostname());
    return unreachable;
  }
}
