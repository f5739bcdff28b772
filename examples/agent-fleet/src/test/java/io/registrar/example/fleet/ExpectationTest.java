package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.fleet.Expectation.Verdict;
import io.registrar.example.fleet.MasterClient.Answer;
import io.registrar.example.fleet.Status.Presence;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static final Status ABSENT = new Status(Presence.ABSENT, 0);
  private static final Status THERE = new Status(Presence.REGISTERED, 0);
  private static final Status LOST = new Status(Presence.UNREACHABLE, 0);

  @Test
  void anAgentThatWasAcknowledgedMustNotBeNewToTheMaster() {
    assertThat(certainly(THERE, THERE, 200)).isEqualTo(Verdict.DONE);
    assertThat(certainly(THERE, THERE, 201)).isEqualTo(Verdict.BROKEN_WORD);
    assertThat(certainly(LOST, THERE, 201)).isEqualTo(Verdict.BROKEN_WORD);
  }

  @Test
  void anAgentThatIsNewMustNotBeKnownToTheMaster() {
    assertThat(certainly(ABSENT, THERE, 201)).isEqualTo(Verdict.DONE);
    assertThat(certainly(ABSENT, THERE, 200)).isEqualTo(Verdict.BROKEN_WORD);
  }

  @Test
  void aRepeatedRequestMayFindItsOwnWorkDone() {
    assertThat(repeated(THERE, 200)).isEqualTo(Verdict.DONE);
    assertThat(repeated(THERE, 201)).isEqualTo(Verdict.DONE);
    assertThat(repeated(ABSENT, 404)).isEqualTo(Verdict.DONE);
    assertThat(repeated(LOST, 409)).isEqualTo(Verdict.DONE);
  }

  @Test
  void whatIsToLeaveMustBeThere() {
    assertThat(certainly(THERE, ABSENT, 200)).isEqualTo(Verdict.DONE);
    assertThat(certainly(THERE, ABSENT, 404)).isEqualTo(Verdict.BROKEN_WORD);
    assertThat(certainly(THERE, LOST, 409)).isEqualTo(Verdict.BROKEN_WORD);
  }

  @Test
  void onlyAnAnswerThatSaysSoMeansNoEffect() {
    assertThat(certainly(ABSENT, THERE, 503)).isEqualTo(Verdict.NO_EFFECT);
    assertThat(certainly(ABSENT, THERE, 307)).isEqualTo(Verdict.NO_EFFECT);
    assertThat(certainly(ABSENT, THERE, 500)).isEqualTo(Verdict.UNKNOWN);
    Expectation any = new Expectation(true, ABSENT, THERE);
    assertThat(any.judge(new Answer.NeverSent())).isEqualTo(Verdict.NO_EFFECT);
    assertThat(any.judge(new Answer.Missing("reset"))).isEqualTo(Verdict.UNKNOWN);
  }

  private static Verdict certainly(Status before, Status target, int code) {
    return new Expectation(true, before, target).judge(new Answer.Status(code, ""));
  }

  private static Verdict repeated(Status target, int code) {
    return new Expectation(false, ABSENT, target).judge(new Answer.Status(code, ""));
  }
}
