package io.registrar.log.sim;

/** Decides, message by message and sync by sync, what departs from the plain course. */
interface Fates {
  Fate message(int from, int to, long ordinal, long now);

  /** From now on nothing departs from the plain course: the world is healed. */
  void quiet();

  /** How many milliseconds this sync takes. */
  long sync(int node, long ordinal, long now);
}
