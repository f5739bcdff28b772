package io.registrar.log.paxos;

import java.util.Optional;

/** What the core tells the application. */
public sealed interface Delivery {

  /** The next chosen entry, each position once, in order, after the last {@link Replay}. */
  record Chosen(Position position, Entry entry, Effect effect) implements Delivery {}

  /** Whether a chosen entry counts. Every replica finds the same. */
  enum Effect {
    /** It took effect. */
    TAKEN,
    /** It applies as nothing: its epoch, version or membership was not current. */
    NOTHING
  }

  /**
   * The log stands on {@code footing}, and the store holds every entry from its begin through
   * {@code through}: the application forgets what it knew and reads them from there. Given at start
   * when there is a log, and after a snapshot was fetched.
   */
  record Replay(Footing footing, Position through) implements Delivery {}

  /** The store may delete every entry before {@code footing.base().begin()}. */
  record Truncated(Footing footing) implements Delivery {}

  /** A session has begun: its epoch entry is chosen at {@code position}. */
  record Acquired(Request request, long epoch, Position position) implements Delivery {}

  /** The session was the latest at some moment since the request came in. */
  record Confirmed(Request request, long epoch) implements Delivery {}

  /** Everything chosen before the request is at or before {@code position}, and delivered. */
  record Readable(Request request, Position position) implements Delivery {}

  /** The end of a request. */
  record Settled(Request request, Settlement settlement) implements Delivery {}

  /** This replica holds the lease. */
  record Elected(Request request, Ballot ballot) implements Delivery {}

  /** The lease that an {@link Elected} spoke of is over. */
  record LeaseEnded(Request request) implements Delivery {}

  /**
   * The store must be set aside and the replica restored from nothing, as {@link Damage#lost}. It
   * takes no further part until then.
   */
  record StartAnew(Cause cause, Optional<EnsembleId> ensemble) implements Delivery {
    /** Why. */
    public enum Cause {
      /** The store reported damage, or its records do not fit together. */
      DAMAGED,
      /** A member has seen a later state of this incarnation, or its twin. */
      SET_BACK
    }
  }

  /** The replica takes no part any more, for good. */
  record Stopped(StopReason reason) implements Delivery {}

  /** Worth a log line and a metric; nothing else follows. */
  record Noticed(Notice notice, MemberId about) implements Delivery {}

  /** What may be noticed. */
  enum Notice {
    /** A frame that is no message. */
    MALFORMED,
    /** A message of another ensemble. */
    FOREIGN,
    /** A message under a place that is not the connection's. */
    IMPOSTOR,
    /** A member shows less than has been seen of it. */
    SET_BACK,
    /** A newcomer asks for a place whose incarnation still answers. */
    TWIN
  }
}
