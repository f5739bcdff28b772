package io.registrar.log.paxos;

/**
 * Names one proposal of one start, for good: two entries with one tag are the same entry. So a
 * notice that an entry has been chosen needs to carry its tag alone, and a proposer that lost its
 * ballot recognises its own entry.
 *
 * @param nonce of the {@link Start} that made the entry
 * @param number counts the entries of that start
 */
public record ProposalTag(long nonce, long number) {
  @Override
  public String toString() {
    return Long.toHexString(nonce) + ":" + number;
  }

  void write(WireWriter out) {
    out.i64(nonce).i64(number);
  }

  static ProposalTag read(WireReader in) throws MalformedException {
    return new ProposalTag(in.i64(), in.natural());
  }
}
