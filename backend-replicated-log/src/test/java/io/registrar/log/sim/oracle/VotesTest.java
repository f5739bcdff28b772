package io.registrar.log.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ProposalTag;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VotesTest {
  private static final Voter A = new Voter(1, 10);
  private static final Voter B = new Voter(2, 20);
  private static final Voter C = new Voter(3, 30);
  private static final Voter C_ANEW = new Voter(3, 31);
  private static final Round ONE = new Round(1, A, 1);
  private static final Round TWO = new Round(2, B, 2);
  private static final Entry X = entry(1);
  private static final Entry Y = entry(2);

  private final Votes votes = new Votes(List.of(A, B, C));

  private static Entry entry(long number) {
    return new Entry(new ProposalTag(1, number), new Content.BeginEpoch(number, Bytes.of()));
  }

  @BeforeEach
  void bothBallotsHaveTheirPromises() {
    for (Round round : List.of(ONE, TWO)) {
      votes.promised(A, round, 1);
      votes.promised(B, round, 1);
    }
  }

  @Test
  void aQuorumChooses() {
    votes.proposed(1, ONE, X);
    votes.accepted(A, 1, ONE, X);
    assertThat(votes.chosen(1)).isEmpty();
    votes.accepted(C, 1, ONE, X);
    assertThat(votes.chosen(1)).contains(X);
    assertThat(votes.chosenThrough()).isEqualTo(1);
  }

  @Test
  void i1TwoValuesAtOnePosition() {
    votes.proposed(1, TWO, Y);
    votes.proposed(1, ONE, X);
    votes.accepted(A, 1, ONE, X);
    votes.accepted(B, 1, TWO, Y);
    votes.accepted(C, 1, TWO, Y);
    assertThatThrownBy(() -> votes.accepted(B, 1, ONE, X)).hasMessageStartingWith("I1:");
  }

  @Test
  void i2ALaterBallotProposesAnotherValueThanTheChosenOne() {
    votes.proposed(1, ONE, X);
    votes.accepted(A, 1, ONE, X);
    votes.accepted(B, 1, ONE, X);
    assertThatThrownBy(() -> votes.proposed(1, TWO, Y)).hasMessageStartingWith("I2:");
  }

  @Test
  void i3AnAcceptOfWhatNobodyProposed() {
    assertThatThrownBy(() -> votes.accepted(A, 1, ONE, X)).hasMessageStartingWith("I3:");
  }

  @Test
  void i10AProposalWithoutAQuorumOfPromises() {
    Round three = new Round(3, C, 3);
    votes.promised(C, three, 1);
    assertThatThrownBy(() -> votes.proposed(1, three, X)).hasMessageStartingWith("I10:");
  }

  @Test
  void aVoteOfAnotherIncarnationDoesNotCount() {
    votes.proposed(1, ONE, X);
    votes.accepted(A, 1, ONE, X);
    votes.accepted(C_ANEW, 1, ONE, X);
    assertThat(votes.chosen(1)).isEmpty();
  }

  @Test
  void aMembershipGovernsThePositionsAfterItsOwn() {
    Member[] members = {member(A), member(B), member(C_ANEW)};
    Membership changed = Membership.of(new Position(1), List.of(members));
    Entry change = new Entry(new ProposalTag(1, 9), new Content.ChangeMembership(changed));
    votes.proposed(1, ONE, change);
    votes.accepted(A, 1, ONE, change);
    votes.accepted(B, 1, ONE, change);
    assertThat(votes.governing(1)).contains(C);
    assertThat(votes.governing(2)).contains(C_ANEW).doesNotContain(C);
  }

  private static Member member(Voter voter) {
    return new Member(new MemberId(voter.member()), new Incarnation(voter.incarnation()));
  }
}
