package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.Drain;
import java.time.Duration;
import java.util.Optional;

/**
 * Begins to empty an agent, registered or unreachable: it is offered no new work, and its tasks are
 * to end.
 *
 * <p>Refused if the agent is unknown or gone.
 *
 * @param id the agent's id
 * @param maxGracePeriod how long each task may take to end; absent for as long as the task itself
 *     says
 * @param then what becomes of the agent once it is empty
 */
public record DrainAgent(String id, Optional<Duration> maxGracePeriod, Then then)
    implements Operation<Agent> {
  /** What becomes of an agent once it is empty. */
  public enum Then {
    /** It stays, deactivated, until it is reactivated. */
    KEEP,
    /** It is marked gone. */
    MARK_GONE
  }

  @Override
  public Agent perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.notGone(edit, id, "cannot be drained");
    Agent draining = agent.draining(drain());
    edit.put(Agent.TYPE, draining);
    edit.audit("agent draining", Agent.TYPE, id, agent.hostname());
    return draining;
  }

  private Drain drain() throws Refusal {
    try {
      return new Drain(Drain.State.DRAINING, maxGracePeriod, then == Then.MARK_GONE);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Cause.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
