package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.tck.plain.ElectingPlainStorageProvider;
import io.registrar.tck.plain.PlainStorageProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about elections accept a storage that keeps them, and reject it broken. */
class ElectionRulesTest {
  @ParameterizedTest
  @ValueSource(strings = {"8.1", "8.2", "8.3"})
  void anElectionThatWorksIsAccepted(String rule) {
    assertThat(run(ElectingPlainStorageProvider.class, rule)).isEmpty();
  }

  @Test
  void anElectionOfEverybodyIsRejected() {
    mustBeRejected(BrokenElections.LetsEveryCandidateLead.class, "8.1");
  }

  /** Waits as long as any lease may last. */
  @Tag("full")
  @Test
  void aLeaderThatCannotBeReplacedIsRejected() {
    mustBeRejected(BrokenElections.KeepsTheDeadAsLeader.class, "8.2");
  }

  /** Waits as long as any lease may last. */
  @Tag("full")
  @Test
  void aResignationThatGivesNothingBackIsRejected() {
    mustBeRejected(BrokenElections.KeepsTheLeaseOnResigning.class, "8.3");
  }

  private static void mustBeRejected(Class<? extends PlainStorageProvider> provider, String rule) {
    assertThat(run(provider, rule))
        .isNotEmpty()
        .allMatch(failure -> ((RuleBroken) failure).rule().equals(rule));
  }

  private static java.util.List<Throwable> run(
      Class<? extends PlainStorageProvider> provider, String rule) {
    return BrokenStoragesTest.run(BrokenStoragesTest.KitOfTheBroken.class, provider, rule);
  }
}
