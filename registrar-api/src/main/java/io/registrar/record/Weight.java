package io.registrar.record;

/**
 * How much a role counts when resources are shared out.
 *
 * @param role whose weight it is
 * @param weight more than 0; a role without a record has 1
 */
public record Weight(String role, double weight) {
  /** Weights, under the names of their roles. */
  public static final RecordType<Weight> TYPE =
      RecordType.json("weight", Weight.class, Weight::role);

  /**
   * @throws IllegalArgumentException if the role's name is malformed, or the weight out of range
   */
  public Weight {
    Roles.require(role);
    if (!Double.isFinite(weight) || weight <= 0) {
      throw new IllegalArgumentException(
          "the weight of '" + role + "' is a number of more than 0; got " + weight);
    }
  }
}
