package io.registrar.record;

import java.util.List;

/**
 * Machines that will not be there at the same time: a part of a maintenance schedule.
 *
 * <p>Kept as one {@link Machine} record each, so that a schedule of many thousand machines is many
 * small records and not a large one.
 *
 * @param machines which machines, at least one
 * @param unavailability when they will not be there
 */
public record MaintenanceWindow(List<MachineId> machines, Unavailability unavailability) {
  public MaintenanceWindow {
    if (unavailability == null) {
      throw new IllegalArgumentException("a window has an unavailability");
    }
    machines = machines == null ? List.of() : List.copyOf(machines);
    if (machines.isEmpty()) {
      throw new IllegalArgumentException("a window has at least one machine");
    }
  }
}
