package io.registrar.record;

import java.util.Map;

/**
 * How much of which resource a role is guaranteed at least, and may have at most.
 *
 * @param role whose quota it is
 * @param guarantees amounts by resource
 * @param limits amounts by resource; a resource that is not named has no limit
 */
public record Quota(String role, Map<String, Double> guarantees, Map<String, Double> limits) {
  /** Quotas, under the names of their roles. */
  public static final RecordType<Quota> TYPE = RecordType.json("quota", Quota.class, Quota::role);

  private static final double MOST_MEGABYTES = 1L << 40; // 1 EiB
  private static final double MOST_OF_OTHERS = 1e12;

  /**
   * @throws IllegalArgumentException if the role's name or an amount is out of range, or a
   *     guarantee is above its limit
   */
  public Quota {
    Roles.require(role);
    if (role.equals("*")) {
      throw new IllegalArgumentException("the role '*' has no quota");
    }
    guarantees = guarantees == null ? Map.of() : Map.copyOf(guarantees);
    limits = limits == null ? Map.of() : Map.copyOf(limits);
    guarantees.forEach(Quota::requireAmount);
    limits.forEach(Quota::requireAmount);
    for (Map.Entry<String, Double> guarantee : guarantees.entrySet()) {
      Double limit = limits.get(guarantee.getKey());
      if (limit != null && guarantee.getValue() > limit) {
        throw new IllegalArgumentException(
            "the quota of '"
                + role
                + "' guarantees "
                + guarantee.getValue()
                + " "
                + guarantee.getKey()
                + ", more than its limit of "
                + limit);
      }
    }
  }

  /** Whether it says nothing: such a quota is not kept. */
  public boolean isDefault() {
    return guarantees.isEmpty() && limits.isEmpty();
  }

  private static void requireAmount(String resource, double amount) {
    boolean megabytes = resource.equals("mem") || resource.equals("disk");
    double most = megabytes ? MOST_MEGABYTES : MOST_OF_OTHERS;
    if (resource.isEmpty() || !(amount >= 0) || amount > most) {
      throw new IllegalArgumentException(
          "an amount of " + resource + " is 0 to " + most + "; got " + amount);
    }
  }
}
