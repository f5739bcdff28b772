package io.registrar.tck;

/** A storage has broken a rule: which one, what happened, what was expected, and where to look. */
public final class RuleBroken extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String rule;

  RuleBroken(Rule rule, String test, String repeat, Throwable cause) {
    super(
        "rule "
            + rule.value()
            + " is broken ("
            + test
            + ")\n  expected: "
            + rule.expects()
            + "\n  happened: "
            + cause
            + "\n  look at:  "
            + rule.lookAt()
            + "\n  repeat:   "
            + repeat,
        cause);
    this.rule = rule.value();
  }

  /** The number of the rule in the storage contract. */
  public String rule() {
    return rule;
  }
}
