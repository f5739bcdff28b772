package io.registrar.log.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ProposalTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members 1 and 2 have chosen, at position 1, that member 2 votes alone. */
class SurvivalTest {
  private static final Voter A = new Voter(1, 10);
  private static final Voter B = new Voter(2, 20);
  private static final Round ONE = new Round(1, A, 1);

  private final Votes votes = new Votes(List.of(A, B));
  private final Map<Voter, Image> disks = new HashMap<>();

  @BeforeEach
  void chosen() {
    Entry alone = membership(B);
    List.of(A, B).forEach(voter -> votes.promised(voter, ONE, 1));
    votes.proposed(1, ONE, alone);
    for (Voter voter : List.of(A, B)) {
      votes.accepted(voter, 1, ONE, alone);
      disks.put(voter, new Image());
    }
  }

  @Test
  void whoIsLeftCannotKnowThatItVotesAlone() {
    disks.remove(A);
    assertThat(canGoOn()).isFalse();
  }

  @Test
  void whoIsLeftHasLearnedThatItVotesAlone() {
    disks.remove(A);
    disks.get(B).apply(new DurableRecord.ChosenThrough(new Position(1)));
    assertThat(canGoOn()).isTrue();
  }

  @Test
  void whoChoseTheMembershipIsThereToTell() {
    assertThat(canGoOn()).isTrue();
  }

  @Test
  void theOnlyVoterIsLost() {
    disks.remove(B);
    disks.get(A).apply(new DurableRecord.ChosenThrough(new Position(1)));
    assertThat(canGoOn()).isFalse();
  }

  @Test
  void foundersNeedNobodyToTellThem() {
    Votes founded = new Votes(List.of(A, B));
    assertThat(new Survival(founded, voter -> Optional.of(new Image())).canGoOn()).isTrue();
  }

  private boolean canGoOn() {
    return new Survival(votes, voter -> Optional.ofNullable(disks.get(voter))).canGoOn();
  }

  private static Entry membership(Voter... voters) {
    List<Member> members = new ArrayList<>();
    for (Voter voter : voters) {
      members.add(new Member(new MemberId(voter.member()), new Incarnation(voter.incarnation())));
    }
    return new Entry(
        new ProposalTag(1, 9),
        new Content.ChangeMembership(Membership.of(new Position(1), members)));
  }
}
