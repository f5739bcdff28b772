package io.registrar.example.master;

import io.registrar.Termination;

/** How the process ends, for whoever started it and decides whether to start it again. */
public enum ExitCode {
  /** It was asked to stop, or only for help. */
  OK(0, ""),
  /** A fault in the program, which should be reported. */
  FAULT(1, "report it, and start this master again"),
  /** A flag is unknown or malformed; starting again will not help. */
  USAGE(2, "correct the flags"),
  /** The work directory, the port, the storage or the registry was refused or not reached. */
  CANNOT_START(3, "start this master again once that is set right"),
  /** Another master has taken over, or the lease was lost: start again, to stand by. */
  LOST_LEADERSHIP(
      4, "start this master again: it stands by, and its vote counts, where it has one"),
  /** It is not known whether the last commit took effect; the next start finds out. */
  OUTCOME_UNKNOWN(5, "start this master again to find out"),
  /** The storage refused to go on while the master led. */
  STORAGE_FAILED(6, "set the storage right, and start this master again"),
  /** More agents than may be given up did not come back after the recovery. */
  TOO_MANY_MISSING(
      7,
      "find out why they stay away, or raise --recovery_agent_removal_limit; then start it again");

  private final int status;
  private final String advice;

  ExitCode(int status, String advice) {
    this.status = status;
    this.advice = advice;
  }

  /** The exit status of the process. */
  public int status() {
    return status;
  }

  /** What is to be done next, for a person or a process supervisor. */
  String advice() {
    return advice;
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
