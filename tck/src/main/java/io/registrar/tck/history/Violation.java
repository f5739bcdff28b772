package io.registrar.tck.history;

/**
 * What a history shows to be wrong.
 *
 * @param rule the check that found it, H1 to H11
 * @param what the calls and versions concerned, for a person
 */
record Violation(String rule, String what) {
  @Override
  public String toString() {
    return rule + ": " + what;
  }
}
