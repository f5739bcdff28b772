package io.registrar.log.sim.exhaustive;

/** One step of the search: everything that may happen next is one of these. */
sealed interface Move {
  /** A message arrives; {@code key} says which. What is never delivered is lost. */
  record Deliver(int from, int to, long key, String what) implements Move {
    @Override
    public String toString() {
      return from + ">" + to + " " + what;
    }
  }

  record Acquire(int node) implements Move {}

  record Propose(int node) implements Move {}

  record Reconfigure(int node, int removed) implements Move {}

  /** The process dies and starts again at once from its disk. */
  record Crash(int node) implements Move {}

  /** The disk is lost and the process starts again at once with a new one. */
  record Wipe(int node) implements Move {}
}
