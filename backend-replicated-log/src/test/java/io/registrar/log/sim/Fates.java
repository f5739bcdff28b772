package io.registrar.log.sim;

/** Decides, message by message and sync by sync, what departs from the plain course. */
interface Fates {
  /** What a message is about. */
  enum Traffic {
    /** A question or an answer on which a position may hang. */
    VOTE,
    /** The question whether a membership is accepted. */
    MEMBERSHIP,
    OTHER
  }

  Fate message(int from, int to, long ordinal, Traffic traffic);

  /** From now on nothing departs from the plain course: the world is healed. */
  void quiet();

  /** How many milliseconds this sync takes. */
  long sync(int node, long ordinal, long now);
}
