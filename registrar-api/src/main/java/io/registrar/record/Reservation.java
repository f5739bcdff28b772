package io.registrar.record;

import java.util.Map;

/**
 * Resources of an agent that are kept for a role: all that the role has reserved there, in one
 * record.
 *
 * @param agent the id of the agent
 * @param role for whom
 * @param resources how much of what, each more than 0
 * @param labels what it is labelled with
 */
public record Reservation(
    String agent, String role, Map<String, Double> resources, Map<String, String> labels) {
  /** Reservations, under the agent and the role, so that those on one agent lie together. */
  public static final RecordType<Reservation> TYPE =
      RecordType.json("reservation", Reservation.class, Reservation::id);

  /**
   * @throws IllegalArgumentException if a component is missing or out of its range
   */
  public Reservation {
    if (agent == null) {
      throw new IllegalArgumentException("a reservation is on an agent");
    }
    Roles.require(role);
    resources = resources == null ? Map.of() : Map.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("a reservation has at least one resource");
    }
    resources.forEach(
        (resource, amount) -> {
          if (!Double.isFinite(amount) || amount <= 0) {
            throw new IllegalArgumentException(
                "a reserved amount is a number of more than 0; got " + amount + " " + resource);
          }
        });
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** The id of this record. */
  public String id() {
    return idOf(agent, role);
  }

  /**
   * The id of the record of a role's reservation on an agent: the two with a blank between, which
   * no role holds, so that no two places have one id.
   */
  public static String idOf(String agent, String role) {
    return agent + " " + role;
  }
}
