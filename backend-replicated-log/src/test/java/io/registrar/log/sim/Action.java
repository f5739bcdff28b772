package io.registrar.log.sim;

/**
 * One verb done to one process.
 *
 * @param node the process, counted from 0
 * @param argument as the verb says; 0 where it takes none
 */
record Action(Verb verb, int node, long argument) {
  Action(Verb verb, int node) {
    this(verb, node, 0);
  }

  @Override
  public String toString() {
    return verb + " " + node + " " + argument;
  }
}
