package io.registrar.tck.report;

/** How a test of the kit ended; of a rule's several tests, the latest in this order counts. */
public enum Verdict {
  /** The storage does not declare what it needs, or offers no such fault. */
  NOT_APPLICABLE("not applicable"),
  KEPT("kept"),
  /** By the backend's exclusions file. */
  EXCLUDED("excluded"),
  /** The run was of some tests only, or ended before this one. */
  NOT_RUN("not run"),
  BROKEN("broken");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Whether it counts, where a rule's tests ended in this and in the other. */
  public boolean countsBefore(Verdict other) {
    return compareTo(other) > 0;
  }
}
