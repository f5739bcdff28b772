package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one version's state of what was read while others commit, though they go on.
 *
 * <p>At any time, all that was read is the state at one position, but for the names in
 * <i>doubt</i>. A round reads those again, and asks the journal what was touched (written, created
 * or deleted) between that position and the newest that the round has seen. There are two ways to
 * be done:
 *
 * <ul>
 *   <li>None of the names in doubt was touched. Then what the round read of them is their state at
 *       the old position too, and all is the state at the old position.
 *   <li>Else all that the round read is taken, and its newest position is the one to go on from. If
 *       the round saw one position only, the names in doubt are now those that were touched and
 *       that it did not read. If there are none, all is the state at the new position.
 * </ul>
 *
 * <p>The first ends it beside commits that touch ever other records, the second beside commits that
 * touch the same ones again and again: a round reads all that was ever seen to change, as long as
 * one request takes it, for between requests there may be commits. So a record can delay the end
 * but once: when it is touched in one round, never having been before, and again in the next. Only
 * where commits bring such a record in every single round does it go on to the deadline, or where
 * those that change all the time are too many for one request.
 *
 * <p>Used once, by one thread.
 */
final class CatchUp {
  private final Ensemble ensemble;
  private final Layout layout;
  private final Journal journal;
  private final Map<NodeName, Optional<StoredRecord>> state;
  private Position at;
  private Set<NodeName> doubt = Set.of();

  /** What a round reads: the names in doubt, and others that were seen to change. */
  private Set<NodeName> changing = Set.of();

  /**
   * @param everything all that was listed, as it was read; it is taken over
   */
  CatchUp(Ensemble ensemble, Layout layout, ReadRound everything) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.journal = new Journal(ensemble, layout);
    this.state = everything.found();
    this.at = everything.last();
  }

  /**
   * @param from a position that was read before all was listed
   * @return empty if the journal does not reach back
   */
  Optional<ConsistentRead.Image> image(Position from, Deadline deadline)
      throws StorageException, NoAnswerException {
    Optional<Set<NodeName>> touched = journal.touched(from.version(), at, deadline);
    if (touched.isPresent()) {
      doubt = touched.get();
      changing = doubt;
    }
    while (touched.isPresent() && !doubt.isEmpty()) {
      ReadRound round = ReadRound.of(ensemble, layout, changing, at, deadline);
      touched = journal.touched(at.version(), round.last(), deadline);
      if (touched.isPresent()) {
        take(round, touched.get());
      }
    }
    return touched.map(known -> new ConsistentRead.Image(at, records()));
  }

  private void take(ReadRound round, Set<NodeName> touched) {
    if (Collections.disjoint(doubt, touched)) {
      round.found().keySet().retainAll(doubt);
      state.putAll(round.found());
      doubt = Set.of();
      return;
    }
    state.putAll(round.found());
    at = round.last();
    doubt = new HashSet<>(touched);
    if (round.isOfOnePosition()) {
      doubt.removeAll(changing);
    }
    Set<NodeName> wider = new HashSet<>(changing);
    wider.addAll(touched);
    changing = RecordFetch.takesAtOnce(wider) ? wider : touched;
  }

  private List<StoredRecord> records() {
    return state.values().stream().flatMap(Optional::stream).toList();
  }
}
