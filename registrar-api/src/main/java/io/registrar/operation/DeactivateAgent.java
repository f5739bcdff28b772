package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;

/**
 * Has an agent, registered or unreachable, offered no new work; its tasks go on.
 *
 * <p>Changes nothing if it is deactivated already. Refused if the agent is unknown or gone.
 *
 * @param id the agent's id
 */
public record DeactivateAgent(String id) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.notGone(edit, id, "cannot be deactivated");
    Agent inactive = agent.inactive();
    edit.put(Agent.TYPE, inactive);
    edit.audit("agent deactivated", Agent.TYPE, id, agent.hostname());
    return inactive;
  }
}
