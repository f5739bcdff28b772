package io.registrar.example.master;

import io.registrar.Termination;

/**
 * Why a master stops by itself.
 *
 * @param code how the process is to end
 * @param explanation what happened, in a sentence
 */
record Ending(ExitCode code, String explanation) {
  static Ending of(Termination termination) {
    return new Ending(ExitCode.of(termination.reason()), termination.explanation());
  }

  /** What happened, and what to do about it. */
  String lastLine() {
    return explanation + ". What to do: " + code.advice();
  }
}
