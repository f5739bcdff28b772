package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Reservation;

/**
 * Gives back what a role has reserved on an agent.
 *
 * <p>Refused if it has reserved nothing there.
 *
 * @param agent the id of the agent
 * @param role whose reservation it is
 */
public record Unreserve(String agent, String role) implements Operation<Reservation> {
  @Override
  public Reservation perform(RegistryEdit edit) throws Refusal {
    String id = Reservation.idOf(agent, role);
    Reservation reservation =
        edit.get(Reservation.TYPE, id)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Cause.UNKNOWN,
                        "the role '"
                            + role
                            + "' has reserved nothing on the agent '"
                            + agent
                            + "'"));
    edit.remove(Reservation.TYPE, id);
    edit.audit("resources unreserved", Reservation.TYPE, id, "");
    return reservation;
  }
}
