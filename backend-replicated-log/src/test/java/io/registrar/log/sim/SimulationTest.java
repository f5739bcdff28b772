package io.registrar.log.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The protocol core under simulated faults, for as many seeds as an ordinary build has time for.
 */
class SimulationTest {
  private static final long SEEDS = Long.getLong("sim.build.seeds", 2_000);
  private static final Set<FaultClass> ALL = FaultClass.all();

  @Test
  void noSeedBreaksAnInvariant() {
    Campaign campaign = new Campaign(1, SEEDS, ALL, Long.MAX_VALUE);
    campaign.run(2, () -> {});
    System.out.println(campaign.figures("all").text());
    assertThat(campaign.failures()).isEmpty();
  }

  @Test
  void withoutFaultsEverySizeOfEnsembleWorks() {
    for (long seed = 1; seed <= 30; seed++) {
      Result result = Simulation.run(seed, Set.of());
      assertThat(result.violation()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void i21TheSameSeedGivesTheSameTrace() {
    for (long seed = 1; seed <= 20; seed++) {
      String first = Simulation.run(seed, ALL).hash();
      assertThat(Simulation.run(seed, ALL).hash()).as("seed %d", seed).isEqualTo(first);
    }
  }

  @Test
  void aReplayOfAllDecisionsGivesTheSameTraceAsItsSeed() {
    for (long seed = 1; seed <= 20; seed++) {
      Result drawn = Simulation.run(seed, ALL);
      Replay replay =
          Replay.parse(new Replay(seed, ALL, drawn.decisions()).text().lines().toList());
      assertThat(replay.run(0).hash()).as("seed %d", seed).isEqualTo(drawn.hash());
    }
  }

  @Test
  void anotherSeedGivesAnotherTrace() {
    assertThat(Simulation.run(1, ALL).hash()).isNotEqualTo(Simulation.run(2, ALL).hash());
  }
}
