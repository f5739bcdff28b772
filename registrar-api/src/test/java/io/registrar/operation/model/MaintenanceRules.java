package io.registrar.operation.model;

import static io.registrar.Refusal.Cause.CONFLICT;
import static io.registrar.Refusal.Cause.INVALID;
import static io.registrar.Refusal.Cause.UNKNOWN;
import static io.registrar.operation.model.AgentRules.refuseIf;

import io.registrar.operation.StartMaintenance;
import io.registrar.record.Agent;
import io.registrar.record.AgentState;
import io.registrar.record.Machine;
import io.registrar.record.Machine.Mode;
import io.registrar.record.MachineId;
import io.registrar.record.MaintenanceSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the operations on machines and their schedules. */
final class MaintenanceRules {
  private MaintenanceRules() {}

  static Rule update(MaintenanceSchedule schedule) {
    return world -> {
      Map<String, Machine> listed = new TreeMap<>();
      for (int window = 0; window < schedule.windows().size(); window++) {
        for (MachineId id : schedule.windows().get(window).machines()) {
          Machine known = world.machines.get(id.text());
          refuseIf(known != null && !known.schedule().equals(schedule.name()), CONFLICT);
          refuseIf(listed.containsKey(id.text()), INVALID);
          listed.put(
              id.text(),
              new Machine(
                  id,
                  known == null ? Mode.DRAINING : known.mode(),
                  schedule.name(),
                  window,
                  schedule.windows().get(window).unavailability()));
        }
      }
      for (Machine machine : world.machines.values()) {
        boolean leaves =
            machine.schedule().equals(schedule.name()) && !listed.containsKey(machine.id().text());
        refuseIf(leaves && machine.mode() == Mode.DOWN, CONFLICT);
      }
      world.machines.values().removeIf(machine -> machine.schedule().equals(schedule.name()));
      world.machines.putAll(listed);
      return schedule;
    };
  }

  static Rule start(List<MachineId> ids) {
    return world -> {
      List<Machine> down = new ArrayList<>();
      for (MachineId id : ids) {
        Machine was = world.machines.get(id.text());
        refuseIf(was == null, UNKNOWN);
        refuseIf(was.mode() == Mode.DOWN, CONFLICT);
        Machine now =
            new Machine(id, Mode.DOWN, was.schedule(), was.window(), was.unavailability());
        world.machines.put(id.text(), now);
        down.add(now);
      }
      List<Agent> there =
          world.agents.values().stream()
              .filter(agent -> agent.state() == AgentState.REGISTERED)
              .filter(agent -> ids.contains(MachineId.named(agent.hostname())))
              .toList();
      for (Agent agent : there) {
        AgentRules.remove(agent.id()).apply(world);
      }
      return new StartMaintenance.Result(down, there);
    };
  }

  static Rule stop(List<MachineId> ids) {
    return world -> {
      for (MachineId id : ids) {
        Machine was = world.machines.get(id.text());
        refuseIf(was == null, UNKNOWN);
        refuseIf(was.mode() != Mode.DOWN, CONFLICT);
        world.machines.remove(id.text());
      }
      return ids;
    };
  }
}
