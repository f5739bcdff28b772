package io.registrar.log.paxos;

/**
 * How far an incarnation's durable state has come: what a member shows of itself with every
 * message, and what the others remember of it. None of it ever falls while the disk is what it was,
 * so an incarnation that shows less than somebody has seen of it has lost something.
 *
 * @param start the latest start
 * @param promised the highest ballot promised
 * @param end the highest position accepted or learned
 */
public record Vitals(Start start, Ballot promised, Position end) {
  /** Nothing seen. */
  static final Vitals NONE = new Vitals(Start.NONE, Ballot.NONE, Position.ZERO);

  /** Whether these have lost something that was seen: a set-back disk, or the copy of one. */
  public boolean lack(Vitals seen) {
    return startLacks(seen) || seen.promised.beats(promised) || seen.end.isAfter(end);
  }

  /**
   * Whether a later start, or another process with the same number of start, has been seen, or this
   * one began with less than had been seen before it. What it lacked it may have made up for since:
   * a replica promises its own ballots, and may be cut off from those who would notice.
   */
  private boolean startLacks(Vitals seen) {
    return start.number() < seen.start.number()
        || start.number() == seen.start.number() && start.nonce() != seen.start.nonce()
        || start.number() > seen.start.number() && beganBelow(seen);
  }

  private boolean beganBelow(Vitals seen) {
    return seen.promised.beats(start.promised()) || seen.end.isAfter(start.end());
  }

  /** The highest of both. Of two starts with one number, the one that was seen first stays. */
  Vitals merge(Vitals other) {
    return new Vitals(
        other.start.number() > start.number() ? other.start : start,
        Ballot.max(promised, other.promised),
        Position.max(end, other.end));
  }

  void write(WireWriter out) {
    start.write(out);
    promised.write(out);
    end.write(out);
  }

  static Vitals read(WireReader in) throws MalformedException {
    return new Vitals(Start.read(in), Ballot.read(in), Position.read(in));
  }
}
