package io.registrar.log.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted, and what is not. */
class TallyTest {
  private static final Member A = new Member(new MemberId(1), new Incarnation(11));
  private static final Member B = new Member(new MemberId(2), new Incarnation(22));
  private static final Member C = new Member(new MemberId(3), new Incarnation(33));
  private static final Start FIRST = new Start(1, 100);

  private final Sightings sightings = new Sightings();
  private final Tally tally = new Tally(Membership.of(Position.ZERO, List.of(A, B, C)), sightings);

  private static Envelope vote(Member from, Vitals vitals) {
    return new Envelope(
        ProtocolVersion.V2, Optional.empty(), from, vitals, List.of(), new Message.Canvassed(1));
  }

  private static Vitals vitals(Start start, long end) {
    return new Vitals(start, Ballot.NONE, new Position(end));
  }

  @Test
  void twoOfThreeAreAQuorumAndOneTwiceIsNot() {
    tally.count(vote(A, vitals(FIRST, 1)));
    tally.count(vote(A, vitals(FIRST, 2)));
    assertThat(tally.complete()).isFalse();
    tally.count(vote(C, vitals(FIRST, 1)));
    assertThat(tally.complete()).isTrue();
    assertThat(tally.missing()).containsExactly(B);
  }

  @Test
  void anotherIncarnationOrAStrangerDoesNotCount() {
    tally.count(vote(A, vitals(FIRST, 1)));
    tally.count(vote(new Member(B.id(), new Incarnation(23)), vitals(FIRST, 1)));
    tally.count(vote(new Member(new MemberId(9), B.incarnation()), vitals(FIRST, 1)));
    assertThat(tally.complete()).isFalse();
  }

  @Test
  void whoShowsLessThanWasSeenDoesNotCountUntilItShowsMore() {
    tally.count(vote(A, vitals(FIRST, 5)));
    tally.count(vote(B, vitals(FIRST, 5)));
    sightings.merge(new Sighting(B, vitals(FIRST, 6)));
    assertThat(tally.complete()).as("somebody has seen B at 6").isFalse();
    tally.refresh(vote(B, vitals(FIRST, 6)));
    assertThat(tally.complete()).as("the same process has gone on").isTrue();
  }

  @Test
  void aTwinDoesNotVouchForTheOther() {
    tally.count(vote(A, vitals(FIRST, 5)));
    tally.count(vote(B, vitals(FIRST, 5)));
    sightings.merge(new Sighting(B, vitals(new Start(2, 7), 5)));
    tally.refresh(vote(B, vitals(new Start(2, 7), 5)));
    assertThat(tally.complete()).isFalse();
  }
}
