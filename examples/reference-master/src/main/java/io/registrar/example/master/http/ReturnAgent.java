package io.registrar.example.master.http;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.operation.MarkAgentReachable;
import io.registrar.record.Agent;

/**
 * Takes an unreachable agent back as the registry knows it, on the master's own word: the agent has
 * not described itself anew. Made of the library's {@link MarkAgentReachable}.
 *
 * <p>Refused if the agent is unknown or gone.
 *
 * @param id the agent's id
 */
record ReturnAgent(String id) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent known =
        edit.get(Agent.TYPE, id)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Cause.UNKNOWN,
                        "the agent '" + id + "' is not in the registry; let it register"));
    return new MarkAgentReachable(id, known.info()).perform(edit);
  }
}
