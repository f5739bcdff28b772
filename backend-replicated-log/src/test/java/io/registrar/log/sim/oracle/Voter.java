package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.Membership;
import java.util.List;

/** One life of one member's disk: what a vote is counted under. */
public record Voter(int member, long incarnation) {
  public static Voter of(Member member) {
    return new Voter(member.id().value(), member.incarnation().value());
  }

  public static List<Voter> of(Membership membership) {
    return membership.voters().entrySet().stream()
        .map(place -> new Voter(place.getKey().value(), place.getValue().value()))
        .toList();
  }

  @Override
  public String toString() {
    return "m" + member + "/" + Long.toHexString(incarnation & 0xffff);
  }
}
