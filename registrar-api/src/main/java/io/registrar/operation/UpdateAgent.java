package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AgentState;

/**
 * Replaces what a registered agent says of itself; changes nothing if it says the same.
 *
 * <p>Refused if the agent is unknown, unreachable or gone.
 *
 * @param id the agent's id
 * @param info what the agent says of itself now
 */
public record UpdateAgent(String id, AgentInfo info) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.known(edit, id);
    if (agent.state() != AgentState.REGISTERED) {
      throw Agents.conflict(agent, "cannot be updated");
    }
    Agent updated = agent.with(info);
    edit.put(Agent.TYPE, updated);
    return updated;
  }
}
