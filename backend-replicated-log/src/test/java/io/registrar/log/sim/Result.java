package io.registrar.log.sim;

import io.registrar.log.sim.oracle.Violation;
import java.util.List;
import java.util.Optional;

/**
 * How one run went.
 *
 * @param decisions everything in which it departed from the plain course: with its seed, all that a
 *     replay takes
 * @param hash of the whole trace
 * @param lastLines the end of the trace as text, if it was kept
 */
record Result(
    long events,
    long virtualMillis,
    Tally tally,
    String hash,
    Optional<Violation> violation,
    List<Decision> decisions,
    List<String> lastLines) {

  boolean violates(String invariant) {
    return violation.isPresent() && violation.get().invariant().equals(invariant);
  }
}
