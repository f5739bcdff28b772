package io.registrar.example.master.http;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.operation.MarkAgentDrained;
import io.registrar.operation.MarkAgentGone;
import io.registrar.record.Agent;
import io.registrar.record.Drain;
import java.time.Instant;

/**
 * An agent that was being drained is empty: it is marked so, and gone where that was asked for, in
 * one step. Made of the library's {@link MarkAgentDrained} and {@link MarkAgentGone}.
 *
 * <p>Refused if the agent is unknown or gone, or is not being drained.
 *
 * @param id the agent's id
 * @param now the time at which it is gone
 */
record FinishDrain(String id, Instant now) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent drained = new MarkAgentDrained(id).perform(edit);
    return drained.drain().filter(Drain::markGone).isPresent()
        ? new MarkAgentGone(id, now).perform(edit)
        : drained;
  }
}
