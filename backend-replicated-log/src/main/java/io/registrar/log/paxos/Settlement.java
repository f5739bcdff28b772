package io.registrar.log.paxos;

/** How a request ended. */
public sealed interface Settlement {
  /** Chosen at this position, and in effect. */
  record Taken(Position position) implements Settlement {}

  /** Certainly without effect, now and for ever. */
  record Refused(Reason reason) implements Settlement {}

  /**
   * This replica cannot tell: it stopped with the entry in flight, or the position at which it was
   * in flight was cut from the log before this replica learned it.
   */
  record Unknown() implements Settlement {}

  /** Why a request was refused. */
  enum Reason {
    /** A later epoch has begun. */
    FENCED,
    /** The epoch is current, but the version that it follows is not. */
    STALE_VERSION,
    /** As many requests as {@link Bounds#pending} allows are waiting. */
    BUSY,
    /** The entry is larger than {@link Bounds#entryBytes}. */
    TOO_LARGE,
    /** This replica does not vote, so it cannot coordinate. */
    NOT_A_VOTER,
    /** The caller withdrew it before it was proposed. */
    WITHDRAWN,
    /**
     * The learner to be added is not there or has not caught up; or too few of those that would
     * stay have answered lately; or there is nothing to change. A coordinator that is new waits for
     * a few heartbeats before it says so.
     */
    NOT_READY,
    /** The replica has stopped, or must start anew, before it was proposed. */
    STOPPED,
    /** The content applies as nothing where it was chosen, for another reason. */
    NO_EFFECT
  }
}
