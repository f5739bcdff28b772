package io.registrar.log.paxos;

import java.util.List;

/** All that a {@link Replica} ever hears. */
public sealed interface Input {

  /** The first input, once. */
  record Start() implements Input {}

  /** A step of time; the lengths in {@link Timing} count these. */
  record Tick() implements Input {}

  /**
   * Every record of every output through this sequence number is synced. Never given for one that
   * might be lost: after a failed sync a replica is not stepped again.
   */
  record Persisted(long sequence) implements Input {}

  /**
   * A frame came in over a connection that is authenticated as {@code from}. Whatever its bytes
   * are, they do no harm.
   */
  record Received(MemberId from, Bytes frame) implements Input {}

  /**
   * The process of this member that was heard before has ended, and no frame of a later one has
   * come yet. It held no lease any more when it ended; nothing else follows.
   */
  record Ended(Member member) implements Input {}

  /** What a {@link Load} asked for: one or more entries from its first position on, in order. */
  record Loaded(Load load, List<Entry> entries) implements Input {
    /** Copies the list. */
    public Loaded {
      entries = List.copyOf(entries);
    }
  }

  /** The store has found a synced record lost or altered: the replica must start anew. */
  record Damaged() implements Input {}

  /**
   * Takes the coordinator's place at once and begins an epoch. Answered by {@link
   * Delivery.Acquired} or {@link Delivery.Settled}.
   *
   * @param owner of the session, at most {@value Content#LONGEST_OWNER} bytes
   * @param floor the epoch begun is above this one
   */
  record Acquire(Request request, Bytes owner, long floor) implements Input {}

  /**
   * Proposes an entry, after those already waiting. Answered by {@link Delivery.Settled}; until
   * then its outcome is unknown.
   */
  record Propose(Request request, Content.OfApplication content) implements Input {}

  /**
   * Asks whether the session of this epoch is still the latest. Answered by {@link
   * Delivery.Confirmed} or {@link Delivery.Settled}.
   */
  record Confirm(Request request, long epoch) implements Input {}

  /**
   * Asks for a position that has everything chosen before the call; any replica that learns may
   * ask. Answered by {@link Delivery.Readable}.
   */
  record Read(Request request) implements Input {}

  /** Stands for election: waits for the lease. Answered by {@link Delivery.Elected}. */
  record Campaign(Request request) implements Input {}

  /** Gives up the lease or the campaign: others may be elected at once. */
  record Resign() implements Input {}

  /** An operator changes who votes. Answered by {@link Delivery.Settled}. */
  record Reconfigure(Request request, Change change) implements Input {}

  /**
   * Gives up a request. One that has not been proposed is settled as withdrawn, certainly without
   * effect; one that has been may still be chosen at the position where it was, and nowhere else:
   * its outcome is unknown to who gives it up.
   */
  record Withdraw(Request request) implements Input {}

  /** A change of one voter. */
  sealed interface Change {
    /** Lets a learner vote, once it has caught up. */
    record Add(MemberId member) implements Change {}

    /** Takes a vote away. */
    record Remove(MemberId member) implements Change {}
  }
}
