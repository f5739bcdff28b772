package io.registrar.log.sim.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The true protocol under every order of a few things, as deep as an ordinary build has time for.
 * It goes deeper, and over mutants, in {@code ExhaustiveCampaignTest}.
 */
class ExplorerTest {
  @ParameterizedTest
  @CsvSource({"FOUNDED, 5", "LED, 4"})
  void noOrderOfTheseBreaksAnInvariant(Explorer.Beginning beginning, int depth) {
    Explorer.Found found = new Explorer(beginning, depth, Integer.MAX_VALUE).search();
    System.out.println(found);
    assertThat(found.states()).isGreaterThan(900);
    assertThat(found.violation()).isEmpty();
  }
}
