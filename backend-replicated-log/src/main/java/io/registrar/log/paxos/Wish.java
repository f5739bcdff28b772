package io.registrar.log.paxos;

import java.util.Optional;

/**
 * Something that is to be chosen, until its outcome is certain.
 *
 * <ol>
 *   <li>It is in flight at one position at most; what was chosen there is its outcome.
 *   <li>Only when another entry was chosen there may a new one be made for it: the entry that was
 *       in flight can then never be chosen. Until then the same entry is proposed again.
 *   <li>One that its caller has given up while it was in flight is proposed at that position alone:
 *       a late epoch would end a session that began after it.
 *   <li>It is told one end, once.
 * </ol>
 */
abstract class Wish {
  /** An entry that may be chosen at a position. */
  private record Flight(Position position, Entry entry) {}

  private Optional<Flight> flight = Optional.empty();
  private boolean abandoned;

  /** Who asked, if it was the application. */
  abstract Optional<Request> request();

  /** What to propose at {@code position}, which is free, after all that the ledger has applied. */
  abstract Draft draft(Log log, Position position, Barrier barrier);

  /** It was chosen. */
  abstract void chosen(Delivery.Chosen chosen, Node node);

  /**
   * Whether it is certain, at this ledger, that it can have no effect; asked when not in flight.
   */
  abstract Optional<Settlement.Reason> obsolete(Ledger ledger);

  final void takeOff(Position position, Entry entry) {
    flight = Optional.of(new Flight(position, entry));
  }

  /** Its caller has given it up: no new entry is made for it. */
  final void abandon() {
    abandoned = true;
  }

  final boolean isAbandoned() {
    return abandoned;
  }

  final boolean isInFlight() {
    return flight.isPresent();
  }

  /** The entry that was proposed at a position and may have been chosen there. */
  final Optional<Entry> inFlightAt(Position position) {
    return flight.filter(at -> at.position().equals(position)).map(Flight::entry);
  }

  /** What has been chosen at a position: says whether this wish is fulfilled by it. */
  final boolean observe(Delivery.Chosen chosen) {
    Optional<Flight> here = flight.filter(at -> at.position().equals(chosen.position()));
    if (here.isEmpty()) {
      return false;
    }
    flight = Optional.empty();
    return here.get().entry().tag().equals(chosen.entry().tag());
  }

  /** Whether the log has gone on past the position in flight without this replica seeing it. */
  final boolean isLostBefore(Position next) {
    return flight.filter(at -> next.isAfter(at.position())).isPresent();
  }

  final void refuse(Settlement.Reason reason, Node node) {
    request().ifPresent(request -> node.refuse(request, reason));
  }

  final void unknown(Node node) {
    request().ifPresent(request -> node.settle(request, new Settlement.Unknown()));
  }

  /** Whether an entry of the coordinator's own ballot has been chosen (Ongaro 2015). */
  enum Barrier {
    /** Not yet: no membership may be proposed. */
    AHEAD,
    /** Yes. */
    PASSED
  }
}
