package io.registrar;

import java.time.Duration;
import java.util.List;

/**
 * A call that the storage has not come back from.
 *
 * @param taken the operations in the batch; none if it is a confirmation
 * @param startNanos when the storage was called
 */
record Attempt(List<Submission.OfOperation<?>> taken, long startNanos) {
  static Attempt toCommit(List<Submission.OfOperation<?>> taken) {
    return new Attempt(taken, System.nanoTime());
  }

  static Attempt toConfirm() {
    return new Attempt(List.of(), System.nanoTime());
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** How the session ends if the storage is given up after this time, having been given less. */
  SessionEnd overdue(Duration waited, Duration given) {
    return taken.isEmpty()
        ? SessionEnd.overdueConfirmation(waited, given)
        : SessionEnd.overdueCommit(waited, given);
  }
}
