package io.registrar.log.sim.oracle;

/**
 * A run broke an invariant. The name is that of the list in docs/testing.md (I1 to I21); a run ends
 * at its first violation.
 */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String invariant;

  public Violation(String invariant, String what) {
    super(invariant + ": " + what);
    this.invariant = invariant;
  }

  public Violation(String invariant, String what, Throwable cause) {
    super(invariant + ": " + what, cause);
    this.invariant = invariant;
  }

  public String invariant() {
    return invariant;
  }
}
