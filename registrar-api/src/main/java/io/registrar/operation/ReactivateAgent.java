package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.Drain;

/**
 * Has an agent offered work again, whether it was deactivated or drained.
 *
 * <p>Changes nothing if it is active. Refused if the agent is unknown or gone, or is still being
 * drained.
 *
 * @param id the agent's id
 */
public record ReactivateAgent(String id) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.notGone(edit, id, "cannot be reactivated");
    if (agent.drain().filter(how -> how.state() == Drain.State.DRAINING).isPresent()) {
      throw Agents.conflict(agent, "is still being drained");
    }
    Agent active = agent.active();
    edit.put(Agent.TYPE, active);
    edit.audit("agent reactivated", Agent.TYPE, id, agent.hostname());
    return active;
  }
}
