package io.registrar.operation;

import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Reservation;
import java.util.List;

/** How the operations find what is reserved on an agent. */
final class Reservations {
  private Reservations() {}

  /** What all roles have reserved on an agent. */
  static List<Reservation> on(RegistryEdit edit, String agent) {
    String first = Reservation.idOf(agent, "");
    return edit.after(Reservation.TYPE, first)
        .takeWhile(one -> one.id().startsWith(first))
        .filter(one -> one.agent().equals(agent))
        .toList();
  }

  /** Gives back all that is reserved on an agent that is not to come back as what it was. */
  static void giveBack(RegistryEdit edit, String agent) throws Refusal {
    for (Reservation reservation : on(edit, agent)) {
      edit.remove(Reservation.TYPE, reservation.id());
    }
  }
}
