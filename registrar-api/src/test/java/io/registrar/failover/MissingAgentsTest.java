package io.registrar.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MissingAgentsTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @Test
  void nobodyIsGivenUpBeforeTheTimeout() {
    MissingAgents missing = missing(10, "100%", null);
    assertThat(missing.due(TIMEOUT.minusNanos(1))).isEmpty();
    assertThat(missing.due(TIMEOUT)).hasSize(10);
    assertThat(missing.due(TIMEOUT.plusSeconds(1))).as("each is given once").isEmpty();
  }

  @Test
  void whoHasComeBackIsNotGivenUp() {
    MissingAgents missing = missing(3, "100%", null);
    missing.returned("a1");
    assertThat(missing.due(TIMEOUT)).containsExactly("a0", "a2");
    assertThat(missing.returned()).isEqualTo(1);
  }

  @Test
  void whoAsksToComeBackIsNotGivenUpUntilItIsAnswered() {
    MissingAgents missing = missing(2, "100%", null);
    missing.returning("a1");
    missing.returning("a1");
    assertThat(missing.due(TIMEOUT)).containsExactly("a0");
    missing.answered("a1");
    assertThat(missing.due(TIMEOUT)).as("it has asked twice").isEmpty();
    missing.answered("a1");
    assertThat(missing.due(TIMEOUT)).as("it was refused").containsExactly("a1");
    assertThat(missing.isToBeMarked("a1")).isTrue();
    missing.returning("a1");
    assertThat(missing.isToBeMarked("a1")).isFalse();
    missing.answered("a1");
    missing.returned("a1");
    assertThat(missing.isToBeMarked("a1")).isFalse();
    assertThat(missing.returned()).isEqualTo(1);
  }

  @Test
  void theRateIsKeptAndATurnThatWasNotNeededGoesToTheNext() {
    MissingAgents missing = missing(4, "100%", "1/1mins");
    assertThat(missing.due(TIMEOUT)).containsExactly("a0");
    assertThat(missing.due(TIMEOUT.plusSeconds(59))).isEmpty();
    missing.returned("a1");
    assertThat(missing.due(TIMEOUT.plusSeconds(60))).containsExactly("a2");
    assertThat(missing.due(TIMEOUT.plusSeconds(120))).containsExactly("a3");
  }

  @Test
  void turnsThatNobodyTookAreNotSavedUp() {
    MissingAgents missing = missing(1_000, "100%", "10/1mins");
    assertThat(missing.due(TIMEOUT)).hasSize(1);
    assertThat(missing.due(TIMEOUT.plusHours(5))).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void tooManyMissingAreAllSpared() {
    MissingAgents missing = missing(10, "50%", null);
    assertThat(missing.due(TIMEOUT)).isEmpty();
    assertThat(missing.judge(TIMEOUT)).isEqualTo(MissingAgents.Verdict.TOO_MANY);
    for (int i = 0; i < 9; i++) {
      missing.returned("a" + i);
    }
    assertThat(missing.due(TIMEOUT.plusHours(1))).as("the verdict stands").isEmpty();

    MissingAgents half = missing(10, "50%", null);
    for (int i = 0; i < 5; i++) {
      half.returned("a" + i);
    }
    assertThat(half.due(TIMEOUT)).as("exactly the limit is not above it").hasSize(5);
  }

  @Test
  void whatFailedHasItsTurnAgain() {
    MissingAgents missing = missing(2, "100%", null);
    assertThat(missing.due(TIMEOUT)).containsExactly("a0", "a1");
    missing.failed("a1");
    missing.marked("a0");
    assertThat(missing.missing()).isEqualTo(1);
    assertThat(missing.due(TIMEOUT.plusSeconds(1))).containsExactly("a1");
  }

  @Test
  void ratesAndSharesAreReadAsPeopleWriteThem() {
    assertThat(RateLimit.parse("1/10mins")).isEqualTo(new RateLimit(1, Duration.ofMinutes(10)));
    assertThat(RateLimit.parse("1/10mins")).hasToString("1/10mins");
    assertThat(RemovalShare.parse("25%").fraction()).isEqualTo(0.25);
    for (String text : List.of("", "1", "0/1mins", "1/0secs", "-1/1mins", "1/soon")) {
      assertThatThrownBy(() -> RateLimit.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String text : List.of("", "25", "101%", "-1%", "all")) {
      assertThatThrownBy(() -> RemovalShare.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsToldBeforeItIsKnownWhoIsMissingCounts() {
    MissingAgents missing = notRead("100%", null);
    missing.returned("a1");
    missing.returned("stranger");
    missing.settled("a2");
    assertThat(missing.judge(TIMEOUT)).isEqualTo(MissingAgents.Verdict.WAITING);
    assertThat(missing.due(TIMEOUT)).isEmpty();

    missing.read(List.of("a1", "a2", "a3"));

    assertThat(missing.returned()).isEqualTo(1);
    assertThat(missing.recovered()).isEqualTo(3);
    assertThat(missing.due(TIMEOUT)).containsExactly("a3");
  }

  private static MissingAgents missing(int agents, String share, String rate) {
    Set<String> ids = new LinkedHashSet<>();
    IntStream.range(0, agents).forEach(i -> ids.add("a" + i));
    MissingAgents missing = notRead(share, rate);
    missing.read(ids);
    return missing;
  }

  private static MissingAgents notRead(String share, @Nullable String rate) {
    FailoverOptions defaults = FailoverOptions.DEFAULT;
    return new MissingAgents(
        new FailoverOptions(
            TIMEOUT,
            RemovalShare.parse(share),
            Optional.ofNullable(rate).map(RateLimit::parse),
            defaults.pruneInterval(),
            defaults.maxAge(),
            defaults.maxCount()));
  }
}
