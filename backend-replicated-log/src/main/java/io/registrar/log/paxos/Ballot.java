package io.registrar.log.paxos;

/**
 * A ballot, totally ordered: by round, then by who proposes. It names the incarnation and the start
 * that propose, so that no two of them, copies of a directory included, ever use the same one
 * (Paxos Made Simple, section 2.2: "different proposers choose their numbers from disjoint sets").
 *
 * @param round grows; 0 only in {@link #NONE}
 * @param proposer who proposes
 * @param nonce of the {@link Start} that proposes
 */
public record Ballot(long round, Member proposer, long nonce) implements Comparable<Ballot> {
  /** Below every ballot that is ever used: what an acceptor that never promised has promised. */
  public static final Ballot NONE =
      new Ballot(0, new Member(new MemberId(1), new Incarnation(0)), 0);

  @Override
  public int compareTo(Ballot other) {
    if (round != other.round) {
      return Long.compare(round, other.round);
    }
    int byProposer = proposer.compareTo(other.proposer);
    return byProposer != 0 ? byProposer : Long.compareUnsigned(nonce, other.nonce);
  }

  /** Whether this is greater than the other. */
  public boolean beats(Ballot other) {
    return compareTo(other) > 0;
  }

  /** The greater of two. */
  static Ballot max(Ballot a, Ballot b) {
    return a.beats(b) ? a : b;
  }

  @Override
  public String toString() {
    return equals(NONE) ? "none" : round + "@" + proposer;
  }

  void write(WireWriter out) {
    out.i64(round);
    proposer.write(out);
    out.i64(nonce);
  }

  static Ballot read(WireReader in) throws MalformedException {
    return new Ballot(in.counter(), Member.read(in), in.i64());
  }
}
