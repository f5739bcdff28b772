package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Ballot;

/**
 * A ballot as the oracle orders it: by its number, then by the voter that proposes under it, then
 * by the nonce of that voter's start. Compared here, not by the protocol's own code.
 */
public record Round(long number, Voter proposer, long nonce) implements Comparable<Round> {
  static final Round NONE = new Round(0, new Voter(0, 0), 0);

  static Round of(Ballot ballot) {
    return ballot.round() == 0
        ? NONE
        : new Round(ballot.round(), Voter.of(ballot.proposer()), ballot.nonce());
  }

  boolean isAbove(Round other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Round other) {
    if (number != other.number) {
      return Long.compare(number, other.number);
    }
    int byMember = Integer.compare(proposer.member(), other.proposer.member());
    if (byMember != 0) {
      return byMember;
    }
    int byDisk = Long.compareUnsigned(proposer.incarnation(), other.proposer.incarnation());
    return byDisk != 0 ? byDisk : Long.compareUnsigned(nonce, other.nonce);
  }

  @Override
  public String toString() {
    return number + "@" + proposer;
  }
}
