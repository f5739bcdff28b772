package io.registrar.log.paxos;

import java.util.List;
import java.util.Optional;

/**
 * What replicas say to each other. The network may lose, repeat, delay and reorder messages freely;
 * it must not alter them (a connection is authenticated and its frames are checked).
 *
 * <p>The groups: {@link Voting} decides positions, {@link Leading} keeps a coordinator in its
 * place, {@link Learning} spreads what has been chosen, {@link Initialising} begins an ensemble,
 * {@link Standing} says who is who.
 */
public sealed interface Message {

  /** Calls the handler of this message. */
  void dispatch(Handler handler, Envelope envelope);

  /** Prepare, accept and their answers (Paxos Made Simple, section 2.2). */
  sealed interface Voting extends Message
      permits Prepare, Promise, Accept, Accepted, Rejected, Abstained {}

  /** Heartbeats and leases. */
  sealed interface Leading extends Message
      permits Heartbeat, Following, Canvass, Canvassed, Resigned {}

  /** Catching up, and reading the end of the log. */
  sealed interface Learning extends Message permits Fetch, Entries, StandsOn, AskEnd, EndIs {}

  /** Auto-initialisation. */
  sealed interface Initialising extends Message permits Found, Holding, Begin {}

  /** Who is who: gossip, recovery, refusals. */
  sealed interface Standing extends Message
      permits Status, AskPromise, PromiseIs, SetBack, NotAdmitted {}

  /**
   * Phase 1a: asks for the promise of {@code ballot} for {@code position} and every later one of
   * the same membership, and for what has been accepted there.
   */
  record Prepare(Ballot ballot, Position position, Haste haste) implements Voting {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onPrepare(this, envelope);
    }
  }

  /** Whether a coordinator waits for the lease of the present one. */
  enum Haste {
    /** A campaign: members that have granted a lease to another abstain. */
    AFTER_LEASE,
    /** An acquire: takes the place at once, lease or no lease. */
    AT_ONCE
  }

  /**
   * Phase 1b: the promise is synced. {@code chosen} is the sender's last learned position; {@code
   * accepted} is what it has accepted at the position asked for, if anything.
   */
  record Promise(Ballot ballot, Position position, Position chosen, Optional<Vote> accepted)
      implements Voting {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onPromise(this, envelope);
    }
  }

  /**
   * Phase 2a. {@code previous} is the tag of the entry that was chosen at the position before, so
   * that an acceptor which holds it learns it without a second copy; empty where the position
   * before is none of the log's.
   */
  record Accept(Ballot ballot, Position position, Entry entry, Optional<ProposalTag> previous)
      implements Voting {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onAccept(this, envelope);
    }
  }

  /** Phase 2b: the entry is accepted and synced, and the promise raised to its ballot. */
  record Accepted(Ballot ballot, Position position) implements Voting {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onAccepted(this, envelope);
    }
  }

  /** A ballot was refused because a higher one has been promised. */
  record Rejected(Ballot ballot, Ballot promised) implements Voting {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onRejected(this, envelope);
    }
  }

  /** No vote, and why: silence would leave the coordinator waiting (MESOS-3280). */
  record Abstained(Ballot ballot, Position position, Position chosen, Reason reason)
      implements Voting {
    /** Why an acceptor does not vote. */
    public enum Reason {
      /** It is a learner, or does not vote at this position yet. */
      LEARNER,
      /** It has not learned the position before: it is catching up. */
      BEHIND,
      /** The position is already chosen. */
      CHOSEN,
      /** It has granted a lease to another coordinator. */
      LEASED,
      /** The membership in force does not name who asks. */
      NOT_A_MEMBER
    }

    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onAbstained(this, envelope);
    }
  }

  /**
   * The coordinator of {@code ballot} is here; everything through {@code chosen} is chosen, with
   * {@code tag} at that position. Also the learn notice, and a confirmation round.
   */
  record Heartbeat(
      Ballot ballot, long round, Position chosen, Optional<ProposalTag> tag, Lease lease)
      implements Leading {
    /** Whether the coordinator stands for election. */
    public enum Lease {
      /** It asks for its lease to be granted or renewed. */
      ASKED,
      /** It coordinates, but is no candidate. */
      NOT_ASKED
    }

    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onHeartbeat(this, envelope);
    }
  }

  /** When this was sent, no ballot above {@code ballot} had been promised by the sender. */
  record Following(Ballot ballot, long round, Position chosen, Lease lease) implements Leading {
    /** What the sender has done about the lease. */
    public enum Lease {
      /** It refuses campaigns of others for a while. */
      GRANTED,
      /** It did not: the lease of another coordinator is still running. */
      WITHHELD
    }

    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onFollowing(this, envelope);
    }
  }

  /** Asks, before a campaign, whether the lease is free: so that it disturbs nobody in vain. */
  record Canvass(long round, Position chosen) implements Leading {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onCanvass(this, envelope);
    }
  }

  /** The sender has granted no lease that is still running. */
  record Canvassed(long round) implements Leading {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onCanvassed(this, envelope);
    }
  }

  /**
   * The coordinator gives up its lease, as it was granted in answer to heartbeats through {@code
   * round}: others may campaign at once.
   */
  record Resigned(Ballot ballot, long round) implements Leading {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onResigned(this, envelope);
    }
  }

  /**
   * Asks for chosen entries from a position on; {@link Position#ZERO} if the asker has no log yet.
   *
   * @param most bytes of payload wanted; protocol version 1 does not carry it
   */
  record Fetch(Position from, int most) implements Learning {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onFetch(this, envelope);
    }
  }

  /** Chosen entries, in order; {@code chosen} is how far the sender has learned. */
  record Entries(Position from, List<Entry> entries, Position chosen) implements Learning {
    /** Copies the list. */
    public Entries {
      entries = List.copyOf(entries);
    }

    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onEntries(this, envelope);
    }
  }

  /** What was asked for is cut: go on from this footing. */
  record StandsOn(Footing footing, Position chosen) implements Learning {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onStandsOn(this, envelope);
    }
  }

  /** Asks a voter of {@code position} how far it has accepted: one round of a read. */
  record AskEnd(long round, Position position) implements Learning {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onAskEnd(this, envelope);
    }
  }

  /** The highest position that the sender has accepted or learned. */
  record EndIs(long round, Position position, Position end) implements Learning {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onEndIs(this, envelope);
    }
  }

  /** The member with the lowest id proposes to found an ensemble. */
  record Found(Founding founding) implements Initialising {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onFound(this, envelope);
    }
  }

  /** The sender holds this record, synced. */
  record Holding(EnsembleId ensemble, long attempt) implements Initialising {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onHolding(this, envelope);
    }
  }

  /** The sender votes: all have been seen to hold this record. */
  record Begin(Founding founding) implements Initialising {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onBegin(this, envelope);
    }
  }

  /**
   * How the sender stands.
   *
   * @param phase where it is in its life
   * @param attempt the attempt that it holds, 0 if none
   * @param chosen how far it has learned
   * @param membership the membership in force after {@code chosen}, if it has a log
   */
  record Status(
      Phase phase, long attempt, Position chosen, Optional<Membership> membership, Wish wish)
      implements Standing {
    /** Whether the sender waits for an answer. */
    public enum Wish {
      /** An answer is wanted. */
      ANSWER,
      /** This is one. */
      NOTHING
    }

    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onStatus(this, envelope);
    }
  }

  /** A new voter, admitted at {@code after}, asks what has been promised. */
  record AskPromise(Position after) implements Standing {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onAskPromise(this, envelope);
    }
  }

  /** The sender's promise, synced, read after the entry at {@code after} was chosen. */
  record PromiseIs(Position after, Ballot promised) implements Standing {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onPromiseIs(this, envelope);
    }
  }

  /** Somebody has seen more of the receiver's incarnation than it shows. */
  record SetBack(Sighting seen) implements Standing {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onSetBack(this, envelope);
    }
  }

  /** The place that the receiver asks for is filled by an incarnation that still answers. */
  record NotAdmitted(Member refused, Member answering) implements Standing {
    @Override
    public void dispatch(Handler handler, Envelope envelope) {
      handler.onNotAdmitted(this, envelope);
    }
  }

  /** One short method a message. */
  interface Handler {
    void onPrepare(Prepare message, Envelope envelope);

    void onPromise(Promise message, Envelope envelope);

    void onAccept(Accept message, Envelope envelope);

    void onAccepted(Accepted message, Envelope envelope);

    void onRejected(Rejected message, Envelope envelope);

    void onAbstained(Abstained message, Envelope envelope);

    void onHeartbeat(Heartbeat message, Envelope envelope);

    void onFollowing(Following message, Envelope envelope);

    void onCanvass(Canvass message, Envelope envelope);

    void onCanvassed(Canvassed message, Envelope envelope);

    void onResigned(Resigned message, Envelope envelope);

    void onFetch(Fetch message, Envelope envelope);

    void onEntries(Entries message, Envelope envelope);

    void onStandsOn(StandsOn message, Envelope envelope);

    void onAskEnd(AskEnd message, Envelope envelope);

    void onEndIs(EndIs message, Envelope envelope);

    void onFound(Found message, Envelope envelope);

    void onHolding(Holding message, Envelope envelope);

    void onBegin(Begin message, Envelope envelope);

    void onStatus(Status message, Envelope envelope);

    void onAskPromise(AskPromise message, Envelope envelope);

    void onPromiseIs(PromiseIs message, Envelope envelope);

    void onSetBack(SetBack message, Envelope envelope);

    void onNotAdmitted(NotAdmitted message, Envelope envelope);
  }
}
