package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;

/**
 * Removes a registered agent from the registry, and what is reserved on it, as if it had never
 * been; it may be admitted again.
 *
 * <p>Refused if the agent is unknown, unreachable or gone: the records of those are pruned, by age
 * and number.
 *
 * @param id the agent's id
 */
public record RemoveAgent(String id) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.known(edit, id);
    if (agent.state() != AgentState.REGISTERED) {
      throw Agents.conflict(agent, "cannot be removed");
    }
    edit.remove(Agent.TYPE, id);
    Reservations.giveBack(edit, id);
    edit.audit("agent removed", Agent.TYPE, id, agent.hostname());
    return agent;
  }
}
