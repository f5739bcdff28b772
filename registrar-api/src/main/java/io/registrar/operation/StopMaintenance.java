package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import java.util.List;

/**
 * Brings machines up again and takes them out of their schedules; windows and schedules that are
 * empty then vanish with them. All of them, or none.
 *
 * <p>Refused if one is in no schedule, or is not down.
 *
 * @param machines which machines
 */
public record StopMaintenance(List<MachineId> machines) implements Operation<List<MachineId>> {
  public StopMaintenance {
    machines = List.copyOf(machines);
  }

  @Override
  public List<MachineId> perform(RegistryEdit edit) throws Refusal {
    for (MachineId id : machines) {
      Machine machine = Machines.scheduled(edit, id);
      if (machine.mode() != Machine.Mode.DOWN) {
        throw new Refusal(Refusal.Cause.CONFLICT, "the machine '" + id + "' is not down");
      }
      edit.remove(Machine.TYPE, id.text());
    }
    edit.auditAll("machine up", Machine.TYPE, machines.stream().map(MachineId::text).toList(), "");
    return machines;
  }
}
