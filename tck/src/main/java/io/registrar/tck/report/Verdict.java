package io.registrar.tck.report;

/** How a test of the kit ended. */
public enum Verdict {
  KEPT("kept"),
  BROKEN("broken"),
  /** The storage does not declare what it needs, or offers no such fault. */
  NOT_APPLICABLE("not applicable"),
  /** By the backend's exclusions file. */
  EXCLUDED("excluded");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
