package io.registrar.failover;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.operation.MarkAgentUnreachable;
import io.registrar.record.Agent;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Marks an agent unreachable unless it has come back when this is decided, or asks to at that time:
 * a registration that was decided just before leaves no trace in a record that it did not change,
 * and its answer may still be on the way.
 *
 * <p>Refused as {@link MarkAgentUnreachable} is.
 *
 * @param id the agent's id
 * @param since when it was given up
 * @param stillMissing whether it has neither come back nor asks to; asked on the writer's thread
 */
record GiveUp(String id, Instant since, BooleanSupplier stillMissing) implements Operation<Agent> {
  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    return stillMissing.getAsBoolean()
        ? new MarkAgentUnreachable(id, since).perform(edit)
        : edit.get(Agent.TYPE, id)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Cause.UNKNOWN, "the agent '" + id + "' is not in the registry"));
  }
}
