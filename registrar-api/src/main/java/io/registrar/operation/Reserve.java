package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Agent;
import io.registrar.record.Reservation;
import java.util.Map;

/**
 * Sets what a role has reserved on an agent, in place of what it had. Changes nothing if that is
 * the same.
 *
 * <p>Refused if the agent is unknown or gone, or if the reservations of all roles on it together
 * would take more than it offers.
 *
 * @param reservation all that the role is to have on the agent
 */
public record Reserve(Reservation reservation) implements Operation<Reservation> {
  @Override
  public Reservation perform(RegistryEdit edit) throws Refusal {
    Agent agent = Agents.notGone(edit, reservation.agent(), "has nothing to reserve");
    for (Map.Entry<String, Double> wanted : reservation.resources().entrySet()) {
      String resource = wanted.getKey();
      double taken = wanted.getValue() + takenByOthers(edit, resource);
      double offered = agent.resources().getOrDefault(resource, 0.0);
      if (taken > offered) {
        throw new Refusal(
            Refusal.Cause.CONFLICT,
            "the reservations on the agent '"
                + agent.id()
                + "' would take "
                + taken
                + " "
                + resource
                + ", and it offers "
                + offered);
      }
    }
    edit.put(Reservation.TYPE, reservation);
    edit.audit(
        "resources reserved", Reservation.TYPE, reservation.id(), "" + reservation.resources());
    return reservation;
  }

  private double takenByOthers(RegistryEdit edit, String resource) {
    return Reservations.on(edit, reservation.agent()).stream()
        .filter(other -> !other.role().equals(reservation.role()))
        .mapToDouble(other -> other.resources().getOrDefault(resource, 0.0))
        .sum();
  }
}
