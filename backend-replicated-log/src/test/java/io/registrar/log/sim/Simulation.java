package io.registrar.log.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The front door: runs seeds, and says of a seed that failed what a person needs to look into it.
 */
final class Simulation {
  private static final int SHRINK_TRIES = 3_000;
  private static final int LINES = 60;

  private Simulation() {}

  static Result run(long seed, Set<FaultClass> faults) {
    Settings settings = new Settings(seed, faults);
    List<Decision> decisions = new ArrayList<>(Plan.draw(seed, settings));
    return new World(seed, settings, new SeededFates(seed, settings, decisions), decisions, 0)
        .run();
  }

  /** The shortest list of decisions found that breaks the same invariant. */
  static Replay shrink(long seed, Set<FaultClass> faults, Result failed) {
    Replay whole = new Replay(seed, faults, failed.decisions());
    return whole.shrink(failed.violation().orElseThrow().invariant(), SHRINK_TRIES);
  }

  /**
   * The seed, the invariant, the shrunk decisions, the end of their trace, and how to see it again.
   */
  static String explain(long seed, Set<FaultClass> faults, Result failed) {
    Replay shrunk = shrink(seed, faults, failed);
    Result again = shrunk.run(LINES);
    return "seed "
        + seed
        + " breaks "
        + failed.violation().orElseThrow().getMessage()
        + "\n\nshrunk from "
        + failed.decisions().size()
        + " to "
        + shrunk.decisions().size()
        + " decisions, which break "
        + again.violation().map(Throwable::getMessage).orElse("nothing")
        + "\nTo see it again: put the lines up to the next blank one into a file and run\n"
        + "  mvn -pl backend-replicated-log -am verify -Pfull -Dtest=ReplayFileTest"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsim.replay=<file>\n"
        + shrunk.text()
        + "\nThe end of its trace:\n"
        + String.join("\n", again.lastLines())
        + "\n";
  }
}
