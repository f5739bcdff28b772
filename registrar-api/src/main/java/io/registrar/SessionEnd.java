package io.registrar;

import io.registrar.RegistrarObserver.Failure;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.StorageException;
import java.time.Duration;
import java.util.Optional;

/**
 * A session that is over by what the storage did: how the registrar ends, and what those are told
 * whose operations the storage had been given.
 *
 * @param termination how the registrar ends
 * @param told what those in flight are told
 * @param failure how they are counted
 */
record SessionEnd(Termination termination, RegistrarException told, Failure failure) {
  /** By what the storage has thrown, which is not {@code UnavailableException}. */
  static SessionEnd of(StorageException e) {
    if (e instanceof CommitUnknownException) {
      return unknown("the outcome of a commit is unknown: " + e.getMessage(), Optional.of(e));
    }
    boolean fenced = e instanceof FencedException;
    Termination termination =
        new Termination(
            fenced ? Termination.Reason.FENCED : Termination.Reason.STORAGE_FAILED,
            (fenced ? "another leader has taken over: " : "the storage refuses to go on: ")
                + e.getMessage(),
            Optional.of(e));
    return new SessionEnd(
        termination,
        new RegistrarEndedException(termination),
        fenced ? Failure.FENCED : Failure.STORAGE_FAILED);
  }

  /** The storage has not come back from a commit, against its contract. */
  static SessionEnd overdueCommit(Duration waited, Duration given) {
    return unknown(overdue("a commit", waited, given), Optional.empty());
  }

  /** The storage has not come back from a confirmation, against its contract. */
  static SessionEnd overdueConfirmation(Duration waited, Duration given) {
    Termination termination =
        new Termination(
            Termination.Reason.STORAGE_FAILED,
            overdue("a confirmation", waited, given),
            Optional.empty());
    return new SessionEnd(
        termination, new RegistrarEndedException(termination), Failure.STORAGE_FAILED);
  }

  /** Something threw what it should not, while the storage had a commit. */
  static SessionEnd faultDuringCommit(Throwable fault) {
    return new SessionEnd(
        fault(fault),
        new OutcomeUnknownException("a fault during the commit", fault),
        Failure.FAULT);
  }

  /** Something threw what it should not. */
  static Termination fault(Throwable fault) {
    return new Termination(Termination.Reason.FAULT, "a fault: " + fault, Optional.empty());
  }

  private static SessionEnd unknown(String why, Optional<StorageException> cause) {
    return new SessionEnd(
        new Termination(Termination.Reason.OUTCOME_UNKNOWN, why, cause),
        new OutcomeUnknownException(
            "it is not known whether this took effect: " + why, cause.orElse(null)),
        Failure.OUTCOME_UNKNOWN);
  }

  private static String overdue(String call, Duration waited, Duration given) {
    return "the storage has not answered "
        + call
        + " within "
        + waited
        + ", though it was given "
        + given;
  }
}
