package io.registrar.log.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who shows less than was seen has lost something, also when it has made up for that since. */
class VitalsTest {
  private static final Member OTHER = new Member(new MemberId(2), new Incarnation(2));
  private static final Ballot LOW = new Ballot(2, OTHER, 7);
  private static final Ballot HIGH = new Ballot(3, OTHER, 7);
  private static final Position FOUR = new Position(4);
  private static final Position FIVE = new Position(5);
  private static final Vitals SEEN = new Vitals(new Start(1, 7), HIGH, FIVE);

  private static Vitals later(Ballot began, Position end) {
    return new Vitals(new Start(2, 9, began, end), new Ballot(9, OTHER, 9), new Position(9));
  }

  @Test
  void whoeverBeganWithLessLacksItHoweverFarItHasComeSince() {
    assertThat(later(HIGH, FIVE).lack(SEEN)).isFalse();
    assertThat(later(LOW, FIVE).lack(SEEN)).isTrue();
    assertThat(later(HIGH, FOUR).lack(SEEN)).isTrue();
    assertThat(later(Ballot.NONE, Position.ZERO).lack(SEEN)).isTrue();
    assertThat(later(Ballot.NONE, Position.ZERO).lack(Vitals.NONE)).isFalse();
  }

  @Test
  void whatWasSeenOfThisStartIsNoMeasureOfHowItBegan() {
    Vitals now = later(LOW, FOUR);
    assertThat(now.lack(new Vitals(now.start(), HIGH, FIVE))).isFalse();
  }

  @Test
  void anEarlierStartOrAnotherProcessLacks() {
    assertThat(new Vitals(new Start(1, 8), HIGH, FIVE).lack(SEEN)).isTrue();
    assertThat(SEEN.lack(later(HIGH, FIVE))).isTrue();
    assertThat(new Vitals(new Start(1, 7), LOW, FIVE).lack(SEEN)).isTrue();
    assertThat(new Vitals(new Start(1, 7), HIGH, FOUR).lack(SEEN)).isTrue();
    assertThat(SEEN.lack(SEEN)).isFalse();
  }
}
