package io.registrar.example.fleet;

/**
 * How an agent stands with the master.
 *
 * @param presence whether the master has it, and as what
 * @param generation which description of itself it gave last, from 0
 */
record Status(Presence presence, int generation) {
  /** Before an agent was ever heard of. */
  static final Status NEVER_SEEN = new Status(Presence.ABSENT, 0);

  /** Whether the master has an agent, and as what. */
  enum Presence {
    ABSENT,
    REGISTERED,
    UNREACHABLE
  }

  /** Whether a master's record can tell this status from the other. */
  boolean looksLike(Status other) {
    return presence == other.presence
        && (presence == Presence.ABSENT || generation == other.generation);
  }

  @Override
  public String toString() {
    return presence == Presence.ABSENT ? "ABSENT" : presence + " in generation " + generation;
  }
}
