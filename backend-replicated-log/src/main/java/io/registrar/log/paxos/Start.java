package io.registrar.log.paxos;

/**
 * One start of a replica: a number that grows with each start of an incarnation, and a nonce drawn
 * for this start. Two running copies of one directory show the same number with two nonces, or one
 * of them a number that the other has passed. It is synced before the first message leaves.
 *
 * @param number 1 for the first start of an incarnation
 * @param nonce drawn at random
 */
public record Start(long number, long nonce) {
  /** What a replica that has not started has: below every start. */
  static final Start NONE = new Start(0, 0);

  @Override
  public String toString() {
    return number + "." + Long.toHexString(nonce);
  }

  void write(WireWriter out) {
    out.i64(number).i64(nonce);
  }

  static Start read(WireReader in) throws MalformedException {
    return new Start(in.natural(), in.i64());
  }
}
