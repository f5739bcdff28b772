package io.registrar.record;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A maintenance schedule, as it is put together from its machines. There may be several; a machine
 * is in one of them at most.
 *
 * @param name 1 to 64 characters
 * @param windows its windows, each with at least one machine
 */
public record MaintenanceSchedule(String name, List<MaintenanceWindow> windows) {
  /** The name where none is given. */
  public static final String DEFAULT_NAME = "default";

  public MaintenanceSchedule {
    if (name == null || name.isEmpty() || name.length() > 64) {
      throw new IllegalArgumentException("a schedule's name is 1 to 64 characters");
    }
    windows = windows == null ? List.of() : List.copyOf(windows);
  }

  /** All schedules of these machines, by name. */
  public static List<MaintenanceSchedule> of(Stream<Machine> machines) {
    TreeMap<String, TreeMap<Integer, List<Machine>>> grouped = new TreeMap<>();
    machines.forEach(
        machine ->
            grouped
                .computeIfAbsent(machine.schedule(), name -> new TreeMap<>())
                .computeIfAbsent(machine.window(), number -> new ArrayList<>())
                .add(machine));
    return grouped.entrySet().stream()
        .map(
            schedule ->
                new MaintenanceSchedule(
                    schedule.getKey(),
                    schedule.getValue().values().stream()
                        .map(MaintenanceSchedule::window)
                        .toList()))
        .toList();
  }

  private static MaintenanceWindow window(List<Machine> machines) {
    return new MaintenanceWindow(
        machines.stream().map(Machine::id).toList(), machines.get(0).unavailability());
  }
}
