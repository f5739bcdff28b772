package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import java.time.Instant;

/**
 * Marks an agent, registered or unreachable, as gone for good: it may not come back under its id,
 * and what is reserved on it is given back.
 *
 * <p>Refused if the agent is unknown, or gone already.
 *
 * @param id the agent's id
 * @param since when it was declared gone
 */
public record MarkAgentGone(String id, Instant since) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.notGone(edit, id, "cannot be marked gone again");
    Agent gone = agent.gone(since);
    edit.put(Agent.TYPE, gone);
    Reservations.giveBack(edit, id);
    edit.audit("agent gone", Agent.TYPE, id, agent.hostname());
    return gone;
  }
}
