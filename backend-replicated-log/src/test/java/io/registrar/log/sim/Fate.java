package io.registrar.log.sim;

/**
 * What becomes of one message beyond the plain course.
 *
 * @param detail how many milliseconds later it arrives ({@code LATE}), or its second copy does
 *     ({@code TWICE}); the set of links that are cut as it leaves ({@code CUT}); when and for how
 *     long ({@code RIVAL})
 */
record Fate(Kind kind, long detail) {
  static final Fate PLAIN = new Fate(Kind.PLAIN, 0);

  enum Kind {
    PLAIN,
    LOST,
    LATE,
    TWICE,
    /** The links fail at this very moment, for this message too, and heal soon after. */
    CUT,
    /**
     * Who receives it wants to coordinate soon after, and is heard by nobody for a while from then
     * on.
     */
    RIVAL
  }

  @Override
  public String toString() {
    return kind + " " + detail;
  }
}
