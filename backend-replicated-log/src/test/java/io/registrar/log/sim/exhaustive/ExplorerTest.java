package io.registrar.log.sim.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The true protocol under every order of a few things. The mutants under the same search are in
 * {@code MutantTest}.
 */
class ExplorerTest {
  @Test
  void noOrderOfTheseBreaksAnInvariant() {
    Explorer.Found found =
        new Explorer(
                Integer.getInteger("sim.build.depth", 5),
                Integer.getInteger("sim.build.states", 2_000))
            .search();
    System.out.println(found);
    assertThat(found.violation()).isEmpty();
  }
}
