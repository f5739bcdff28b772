package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.AgentState;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import java.util.Optional;

/**
 * What a master does when an agent reports for duty, decided in one step: admits one that is
 * unknown, takes back one that was unreachable, updates one that describes itself anew, and changes
 * nothing for one that is as it was.
 *
 * <p>Refused if the agent is gone, if the machine that it names is down for maintenance, or if it
 * is unknown where only known ones may come.
 *
 * @param id the agent's id
 * @param info what the agent says of itself
 * @param unknown what is done with an agent that the registry does not know
 */
public record RegisterAgent(String id, AgentInfo info, Unknown unknown)
    implements Operation<RegisterAgent.Result> {
  /** What is done with an agent that the registry does not know. */
  public enum Unknown {
    /** It is admitted. */
    ADMIT,
    /** It is refused: a person admits agents first, by {@link AdmitAgent}. */
    REFUSE
  }

  /** What the registration was. */
  public enum Welcome {
    /** The registry did not know the agent. */
    ADMITTED,
    /** The agent had been unreachable. */
    RETURNED,
    /** The agent was registered. */
    KNOWN
  }

  /**
   * @param agent the agent as it is registered now
   * @param welcome what the registration was
   */
  public record Result(Agent agent, Welcome welcome) {}

  /** A registration that admits an agent that is unknown. */
  public RegisterAgent(String id, AgentInfo info) {
    this(id, info, Unknown.ADMIT);
  }

  @Override
  public Result perform(RegistryEdit edit) throws Refusal {
    Optional<Agent> known = edit.get(Agent.TYPE, id);
    if (known.isPresent() && known.get().state() == AgentState.GONE) {
      throw Agents.gone(known.get());
    }
    requireMachineUp(edit);
    if (known.isEmpty()) {
      if (unknown == Unknown.REFUSE) {
        throw new Refusal(
            Refusal.Cause.FORBIDDEN,
            "the agent '"
                + id
                + "' is not in the registry, and only known agents may register: a person admits it"
                + " first");
      }
      return new Result(new AdmitAgent(id, info).perform(edit), Welcome.ADMITTED);
    }
    return known.get().state() == AgentState.REGISTERED
        ? new Result(new UpdateAgent(id, info).perform(edit), Welcome.KNOWN)
        : new Result(new MarkAgentReachable(id, info).perform(edit), Welcome.RETURNED);
  }

  private void requireMachineUp(RegistryEdit edit) throws Refusal {
    Optional<Machine> machine =
        edit.get(Machine.TYPE, MachineId.named(info.hostname()).text())
            .filter(known -> known.mode() == Machine.Mode.DOWN);
    if (machine.isPresent()) {
      throw new Refusal(
          Refusal.Cause.FORBIDDEN,
          "the machine '"
              + machine.get().id()
              + "' is down for maintenance, so no agent on it may register");
    }
  }
}
