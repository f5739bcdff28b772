package io.registrar.operation;

import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Machine;
import io.registrar.record.MachineId;

/** How the operations on machines find them. */
final class Machines {
  private Machines() {}

  /**
   * The record of a machine that is in a schedule.
   *
   * @throws Refusal if it is in none
   */
  static Machine scheduled(RegistryEdit edit, MachineId id) throws Refusal {
    return edit.get(Machine.TYPE, id.text())
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Cause.UNKNOWN,
                    "the machine '" + id + "' is in no maintenance schedule"));
  }
}
