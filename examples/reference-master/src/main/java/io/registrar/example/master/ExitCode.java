package io.registrar.example.master;

import io.registrar.Termination;

/** How the process ends, for whoever started it and decides whether to start it again. */
public enum ExitCode {
  /** It was asked to stop, or only for help. */
  OK(0),
  /** A fault in the program, which should be reported. */
  FAULT(1),
  /** A flag is unknown or malformed; starting again will not help. */
  USAGE(2),
  /** The work directory, the port, the storage or the registry was refused or not reached. */
  CANNOT_START(3),
  /** Another master has taken over, or the lease was lost: start again, to stand by. */
  LOST_LEADERSHIP(4),
  /** It is not known whether the last commit took effect; the next start finds out. */
  OUTCOME_UNKNOWN(5),
  /** The storage refused to go on while the master led. */
  STORAGE_FAILED(6),
  /** More agents than may be given up did not come back after the recovery. */
  TOO_MANY_MISSING(7);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The exit status of the process. */
  public int status() {
    return status;
  }

  /** The code for a registrar that has ended. */
  static ExitCode of(Termination.Reason reason) {
    return switch (reason) {
      case CLOSED -> OK;
      case FENCED -> LOST_LEADERSHIP;
      case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
      case STORAGE_FAILED -> STORAGE_FAILED;
      case FAULT -> FAULT;
    };
  }
}
