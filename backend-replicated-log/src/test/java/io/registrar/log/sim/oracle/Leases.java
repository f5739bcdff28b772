package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Delivery;
import java.util.HashSet;
import java.util.Set;

/**
 * Who has been told that it holds the lease. While every clock runs within the documented rate,
 * that is one process at most; no other invariant rests on it.
 */
final class Leases {
  private final Set<Integer> holders = new HashSet<>();
  private boolean clocksAreRight;

  void clocksAreRight() {
    clocksAreRight = true;
  }

  /** A process has died or started anew: what it was told is forgotten with it. */
  void ended(int host) {
    holders.remove(host);
  }

  void told(int host, Delivery delivery) {
    if (delivery instanceof Delivery.LeaseEnded || delivery instanceof Delivery.Stopped) {
      holders.remove(host);
    } else if (delivery instanceof Delivery.Elected) {
      if (clocksAreRight && !holders.isEmpty() && !holders.equals(Set.of(host))) {
        throw new Violation(
            "L1", "process " + host + " is elected while " + holders + " holds the lease");
      }
      holders.add(host);
    }
  }
}
