package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import java.util.Optional;

/**
 * Admits an agent that the registry has never known.
 *
 * <p>Refused if the id is known in any state: an agent is registered, unreachable or gone, never
 * two of these.
 *
 * @param id the agent's id
 * @param info what the agent says of itself
 */
public record AdmitAgent(String id, AgentInfo info) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Optional<Agent> known = edit.get(Agent.TYPE, id);
    if (known.isPresent()) {
      throw Agents.conflict(known.get(), "cannot be admitted");
    }
    Agent admitted = Agent.registered(id, info);
    edit.put(Agent.TYPE, admitted);
    return admitted;
  }
}
