package io.registrar.log.sim;

/**
 * What becomes of one message beyond the plain course.
 *
 * @param millis how much later it arrives ({@code LATE}), or its second copy does ({@code TWICE})
 */
record Fate(Kind kind, long millis) {
  static final Fate PLAIN = new Fate(Kind.PLAIN, 0);

  enum Kind {
    PLAIN,
    LOST,
    LATE,
    TWICE
  }

  @Override
  public String toString() {
    return kind + " " + millis;
  }
}
