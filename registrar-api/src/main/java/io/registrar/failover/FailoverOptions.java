package io.registrar.failover;

import java.time.Duration;
import java.util.Optional;

/**
 * How agents are treated that do not come back after a failover, and how long those are remembered
 * that are unreachable or gone.
 *
 * @param reregisterTimeout how long an agent has to come back after a recovery
 * @param removalLimit if more than this share of all agents has not come back by then, none is
 *     marked and the master is to stop: it is more likely that something is wrong with the network
 * @param removalRate how fast agents are marked unreachable; absent for all at once
 * @param pruneInterval how often old records are pruned
 * @param maxAge how long an agent that is unreachable or gone is remembered
 * @param maxCount how many agents are remembered as unreachable, and how many as gone
 */
public record FailoverOptions(
    Duration reregisterTimeout,
    RemovalShare removalLimit,
    Optional<RateLimit> removalRate,
    Duration pruneInterval,
    Duration maxAge,
    int maxCount) {
  /** 10 minutes; all; no rate; 15 minutes; 2 weeks; 102,400: the ancestor's defaults. */
  public static final FailoverOptions DEFAULT =
      new FailoverOptions(
          Duration.ofMinutes(10),
          RemovalShare.ALL,
          Optional.empty(),
          Duration.ofMinutes(15),
          Duration.ofDays(14),
          100 * 1024);

  /**
   * @throws IllegalArgumentException if a duration is not positive, or the count negative
   */
  public FailoverOptions {
    requirePositive("agent_reregister_timeout", reregisterTimeout);
    requirePositive("registry_gc_interval", pruneInterval);
    requirePositive("registry_max_agent_age", maxAge);
    if (maxCount < 0) {
      throw new IllegalArgumentException("registry_max_agent_count is 0 or more; got " + maxCount);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " is more than zero; got " + duration);
    }
  }
}
