package io.registrar.operation;

import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import java.time.Instant;
import java.util.Locale;

/** How the operations on agents find them, and refuse. */
final class Agents {
  private Agents() {}

  /**
   * The agent of this id.
   *
   * @throws Refusal if the registry does not know it
   */
  static Agent known(RegistryEdit edit, String id) throws Refusal {
    return edit.get(Agent.TYPE, id)
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Cause.UNKNOWN, "the agent '" + id + "' is not in the registry"));
  }

  /**
   * The agent of this id, registered or unreachable.
   *
   * @param what what cannot be done to one that is gone
   * @throws Refusal if the registry does not know it, or it is gone
   */
  static Agent notGone(RegistryEdit edit, String id, String what) throws Refusal {
    Agent agent = known(edit, id);
    if (agent.state() == AgentState.GONE) {
      throw conflict(agent, what);
    }
    return agent;
  }

  /** The refusal of what the state of an agent does not allow. */
  static Refusal conflict(Agent agent, String what) {
    return new Refusal(Refusal.Cause.CONFLICT, describe(agent) + " and " + what);
  }

  /** The refusal of an agent that is gone and asks to come back. */
  static Refusal gone(Agent agent) {
    return new Refusal(
        Refusal.Cause.FORBIDDEN,
        describe(agent) + " and may not come back; let it register under a new id");
  }

  private static String describe(Agent agent) {
    return "the agent '"
        + agent.id()
        + "' is "
        + agent.state().name().toLowerCase(Locale.ROOT)
        + agent.since().map(Instant::toString).map(since -> " since " + since).orElse("");
  }
}
