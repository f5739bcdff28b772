package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes machines down: agents on them are refused from then on. All of them, or none.
 *
 * <p>Refused if one is in no schedule, or is down already.
 *
 * @param machines which machines
 */
public record StartMaintenance(List<MachineId> machines) implements Operation<List<Machine>> {
  public StartMaintenance {
    machines = List.copyOf(machines);
  }

  @Override
  public List<Machine> perform(RegistryEdit edit) throws Refusal {
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
    return down;
  }
}
