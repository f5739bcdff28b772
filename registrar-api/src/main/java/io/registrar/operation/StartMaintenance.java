package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes machines down: agents that are registered on them, by their host names, are removed with
 * what is reserved on them, and agents on them are refused from then on. All machines, or none.
 * Agents there that are unreachable stay so.
 *
 * <p>Refused if a machine is in no schedule, or is down already.
 *
 * @param machines which machines
 */
public record StartMaintenance(List<MachineId> machines)
    implements Operation<StartMaintenance.Result> {
  /**
   * @param machines as they are now
   * @param removed the agents that were removed, by id
   */
  public record Result(List<Machine> machines, List<Agent> removed) {}

  public StartMaintenance {
    machines = List.copyOf(machines);
  }

  @Override
  public Result perform(RegistryEdit edit) throws Refusal {
    List<Machine> down = new ArrayList<>();
    for (MachineId id : machines) {
      Machine machine = Machines.scheduled(edit, id);
      if (machine.mode() != Machine.Mode.DRAINING) {
        throw new Refusal(Refusal.Cause.CONFLICT, "the machine '" + id + "' is down already");
      }
      edit.put(Machine.TYPE, machine.down());
      down.add(machine.down());
    }
    edit.auditAll(
        "machine down", Machine.TYPE, machines.stream().map(MachineId::text).toList(), "");
    return new Result(down, removeAgents(edit));
  }

  private List<Agent> removeAgents(RegistryEdit edit) throws Refusal {
    Set<MachineId> down = Set.copyOf(machines);
    List<Agent> there =
        edit.all(Agent.TYPE)
            .filter(agent -> agent.state() == AgentState.REGISTERED)
            .filter(agent -> down.contains(MachineId.named(agent.hostname())))
            .toList();
    for (Agent agent : there) {
      new RemoveAgent(agent.id()).perform(edit);
    }
    return there;
  }
}
