package io.registrar.record;

/**
 * A machine that is in a maintenance schedule. One that is in none has no record, and is up.
 *
 * @param id which machine
 * @param mode where it stands
 * @param schedule the name of the schedule that it is in
 * @param window the number of its window within the schedule, from 0
 * @param unavailability when it will not be there
 */
public record Machine(
    MachineId id, Mode mode, String schedule, int window, Unavailability unavailability) {
  /** Machines, under their {@linkplain MachineId#text texts}. */
  public static final RecordType<Machine> TYPE =
      RecordType.json("machine", Machine.class, machine -> machine.id().text());

  /** Where a machine in a schedule stands. */
  public enum Mode {
    /** It is to go down: its agents are asked to be left. */
    DRAINING,
    /** It is down: agents on it are refused. */
    DOWN
  }

  /**
   * @throws IllegalArgumentException if a component is missing or out of its range
   */
  public Machine {
    if (id == null || mode == null || schedule == null || unavailability == null) {
      throw new IllegalArgumentException(
          "a machine in maintenance has an id, a mode, a schedule and an unavailability");
    }
    if (window < 0) {
      throw new IllegalArgumentException("a window's number is 0 or more; got " + window);
    }
  }

  /** The same machine, down. */
  public Machine down() {
    return new Machine(id, Mode.DOWN, schedule, window, unavailability);
  }
}
