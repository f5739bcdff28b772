package io.registrar.cli;

/** How the process ends, for scripts. */
public enum ExitStatus {
  /** It was done, and the answer is yes; or only help was asked for. */
  OK(0),
  /** A fault in the program, which should be reported. */
  FAULT(1),
  /** The command line is wrong. */
  USAGE(2),
  /** A storage or file that is needed was refused or not reached; nothing was found out. */
  CANNOT_RUN(3),
  /** What was checked is not as it must be. */
  NOT_KEPT(4);

  private final int status;

  ExitStatus(int status) {
    this.status = status;
  }

  /** The exit status of the process. */
  public int status() {
    return status;
  }
}
