package io.registrar.tck.history;

import java.io.PrintStream;
import java.util.Collection;

/** Who keeps what clients do. Called by many threads. */
interface Recorder {
  /** A commit is about to be made; what it ends in is not known yet. */
  void begun(Call.Commit commit);

  void ended(Call call);

  /** Keeps the calls that have ended, where nobody can kill this process in the middle of one. */
  static Recorder into(Collection<Call> calls) {
    return new Recorder() {
      @Override
      public void begun(Call.Commit commit) {
        // Its end will tell.
      }

      @Override
      public void ended(Call call) {
        calls.add(call);
      }
    };
  }

  /** Tells each call as a line, before and after it. */
  static Recorder onto(PrintStream out) {
    return new Recorder() {
      @Override
      public void begun(Call.Commit commit) {
        out.println(CallText.write(commit));
      }

      @Override
      public void ended(Call call) {
        out.println(CallText.write(call));
      }
    };
  }
}
