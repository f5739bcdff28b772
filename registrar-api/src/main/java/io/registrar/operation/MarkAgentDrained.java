package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.Drain;

/**
 * Marks an agent that was being drained as empty. What is to follow ({@link Drain#markGone}) is for
 * the master to do.
 *
 * <p>Refused if the agent is unknown or gone, or is not being drained.
 *
 * @param id the agent's id
 */
public record MarkAgentDrained(String id) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.notGone(edit, id, "cannot be drained");
    Drain drain =
        agent
            .drain()
            .filter(how -> how.state() == Drain.State.DRAINING)
            .orElseThrow(() -> Agents.conflict(agent, "is not being drained"));
    Agent drained = agent.draining(drain.done());
    edit.put(Agent.TYPE, drained);
    edit.audit("agent drained", Agent.TYPE, id, agent.hostname());
    return drained;
  }
}
