package io.registrar.log.paxos;

/**
 * One start of a replica: a number that grows with each start of an incarnation, and a nonce drawn
 * for this start. Two running copies of one directory show the same number with two nonces, or one
 * of them a number that the other has passed. It is synced before the first message leaves.
 *
 * @param number 1 for the first start of an incarnation
 * @param nonce drawn at random
 * @param promised the highest ballot that had been promised before it
 * @param end the highest position that had been accepted or learned before it
 */
public record Start(long number, long nonce, Ballot promised, Position end) {
  /** What a replica that has not started has: below every start. */
  static final Start NONE = new Start(0, 0);

  /** The start of one that has promised and learned nothing. */
  public Start(long number, long nonce) {
    this(number, nonce, Ballot.NONE, Position.ZERO);
  }

  /** The same start, of one that had come so far before it. */
  Start from(Ballot promised, Position end) {
    return new Start(number, nonce, promised, end);
  }

  @Override
  public String toString() {
    return number + "." + Long.toHexString(nonce);
  }

  void write(WireWriter out) {
    out.i64(number).i64(nonce);
    promised.write(out);
    end.write(out);
  }

  static Start read(WireReader in) throws MalformedException {
    return new Start(in.natural(), in.i64(), Ballot.read(in), Position.read(in));
  }
}
