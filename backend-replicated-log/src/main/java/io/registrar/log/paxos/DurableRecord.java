package io.registrar.log.paxos;

import java.util.List;
import java.util.Optional;

/**
 * What a replica writes to its disk, in the order in which it must be read back. A record is small
 * but for the entry in it.
 *
 * <p>The store hands back a prefix of what it was given that holds at least all that was synced;
 * when it cannot, it reports {@link Damage}.
 *
 * <ol>
 *   <li>{@link Accepted} at a position means that every earlier position of the log is chosen, with
 *       the last entry written there.
 *   <li>Of several entries written at one position, the last one counts.
 * </ol>
 */
public sealed interface DurableRecord {

  /**
   * This incarnation has started; the first record of every start, but for the {@link Joined} that
   * comes before it where a store was lost.
   */
  record Started(Member member, Start start) implements DurableRecord {}

  /** A founding record is held: the replica is no longer free to take a lower attempt. */
  record Held(Founding founding) implements DurableRecord {}

  /** The founding record has begun: the replica votes on its log, from the first position. */
  record Begun(Founding founding) implements DurableRecord {}

  /**
   * A learner: it founds no ensemble, and votes only after {@link VotesAfter}.
   *
   * @param ensemble that it learns from; empty while it knows only that it has lost a log
   */
  record Joined(Optional<EnsembleId> ensemble) implements DurableRecord {}

  /** No lower ballot is heard any more. */
  record Promised(Ballot ballot) implements DurableRecord {}

  /** An entry is accepted, and its ballot promised. */
  record Accepted(Position position, Vote vote) implements DurableRecord {}

  /** A chosen entry, learned from a peer. */
  record Learned(Position position, Entry entry) implements DurableRecord {}

  /** Everything through this position is chosen, as it was last written. */
  record ChosenThrough(Position position) implements DurableRecord {}

  /** A snapshot is being fetched: {@link Staged} entries that follow belong to it alone. */
  record Staging(Footing footing) implements DurableRecord {}

  /** A chosen entry of the snapshot that is being fetched. */
  record Staged(Position position, Entry entry) implements DurableRecord {}

  /**
   * The snapshot is whole: the staged entries are the log, and stand for all that was before. What
   * was before may be deleted once this record is synced.
   */
  record Installed(Footing footing) implements DurableRecord {}

  /** The log begins here. What is before may be deleted once this record is synced. */
  record Truncated(Footing footing) implements DurableRecord {}

  /** An admitted replica votes from now on, on later positions, and has adopted this promise. */
  record VotesAfter(Position position, Ballot promised) implements DurableRecord {}

  /** What has been seen of other members; adds to what was seen before. */
  record Seen(List<Sighting> sightings) implements DurableRecord {
    /** Copies the list. */
    public Seen {
      sightings = List.copyOf(sightings);
    }
  }

  /** The replica has found itself replaced or refused: it never takes part again. */
  record Retired(StopReason reason) implements DurableRecord {}
}
