package io.registrar.operation.model;

import io.registrar.Outcome;

/**
 * What became of an operation, or is to.
 *
 * @param verdict which outcome it is
 * @param answer what the operation answers, or the cause of its refusal
 */
record Expected(Verdict verdict, Object answer) {
  enum Verdict {
    APPLIED,
    UNCHANGED,
    REFUSED
  }

  /** What did become of one. */
  static Expected of(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Applied<?> applied) {
      return new Expected(Verdict.APPLIED, applied.result());
    }
    if (outcome instanceof Outcome.Unchanged<?> unchanged) {
      return new Expected(Verdict.UNCHANGED, unchanged.result());
    }
    return new Expected(Verdict.REFUSED, ((Outcome.Refused<?>) outcome).cause());
  }
}
