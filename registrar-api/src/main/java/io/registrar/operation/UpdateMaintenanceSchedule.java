package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;
import io.registrar.record.MaintenanceSchedule;
import io.registrar.record.MaintenanceWindow;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts a schedule in place of the one of its name. Machines that were in none begin to drain; those
 * that stay keep their mode and take the new time; those that vanish are up again. A schedule
 * without windows takes the old one away.
 *
 * <p>Refused if a machine is named twice or is in another schedule, or if one that is down would
 * vanish: bring it up first.
 *
 * @param schedule the whole new schedule
 */
public record UpdateMaintenanceSchedule(MaintenanceSchedule schedule)
    implements Operation<MaintenanceSchedule> {
  @Override
  public MaintenanceSchedule perform(RegistryEdit edit) throws Refusal {
    TreeMap<String, Machine> wanted = wanted(edit);
    List<Machine> before =
        edit.all(Machine.TYPE)
            .filter(machine -> machine.schedule().equals(schedule.name()))
            .toList();
    for (Machine machine : before) {
      if (!wanted.containsKey(machine.id().text())) {
        if (machine.mode() == Machine.Mode.DOWN) {
          throw new Refusal(
              Refusal.Cause.CONFLICT,
              "the machine '"
                  + machine.id()
                  + "' is down and cannot leave the schedule: bring it up first");
        }
        edit.remove(Machine.TYPE, machine.id().text());
      }
    }
    for (Machine machine : wanted.values()) {
      edit.put(Machine.TYPE, machine);
    }
    edit.audit(
        "maintenance scheduled",
        Machine.TYPE,
        schedule.name(),
        schedule.windows().size() + " windows, " + wanted.size() + " machines");
    return schedule;
  }

  private TreeMap<String, Machine> wanted(RegistryEdit edit) throws Refusal {
    TreeMap<String, Machine> wanted = new TreeMap<>();
    int number = 0;
    for (MaintenanceWindow window : schedule.windows()) {
      for (MachineId id : window.machines()) {
        Optional<Machine> known = edit.get(Machine.TYPE, id.text());
        if (known.isPresent() && !known.get().schedule().equals(schedule.name())) {
          throw new Refusal(
              Refusal.Cause.CONFLICT,
              "the machine '"
                  + id
                  + "' is in the schedule '"
                  + known.get().schedule()
                  + "' already");
        }
        Machine.Mode mode = known.map(Machine::mode).orElse(Machine.Mode.DRAINING);
        Machine machine = new Machine(id, mode, schedule.name(), number, window.unavailability());
        if (wanted.put(id.text(), machine) != null) {
          throw new Refusal(
              Refusal.Cause.INVALID, "the machine '" + id + "' is in the schedule twice");
        }
      }
      number++;
    }
    return wanted;
  }
}
