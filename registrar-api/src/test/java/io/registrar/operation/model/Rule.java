package io.registrar.operation.model;

import io.registrar.Refusal;
import io.registrar.operation.model.Expected.Verdict;

/** What an operation is to do to the world: change it and answer, or refuse. */
@FunctionalInterface
interface Rule {
  Object apply(World world) throws Broken;

  /** A rule says no. */
  final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    final Refusal.Cause cause;

    Broken(Refusal.Cause cause) {
      this.cause = cause;
    }
  }

  /** The world and what is to become of the operation; one that is refused leaves no trace. */
  default Step.Result on(World before) {
    World after = before.copy();
    try {
      Object answer = apply(after);
      boolean same = after.records().equals(before.records());
      return new Step.Result(
          after, new Expected(same ? Verdict.UNCHANGED : Verdict.APPLIED, answer));
    } catch (Broken e) {
      return new Step.Result(before, new Expected(Verdict.REFUSED, e.cause));
    }
  }
}
