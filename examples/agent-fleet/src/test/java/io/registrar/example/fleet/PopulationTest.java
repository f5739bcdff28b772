package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private final Population population = new Population(7);

  @Test
  void anAgentFollowsFromSeedNumberAndGeneration() {
    assertThat(new Population(7).description(3, 2)).isEqualTo(population.description(3, 2));
    assertThat(new Population(8).description(3, 2)).isNotEqualTo(population.description(3, 2));
    assertThat(population.description(4, 2)).isNotEqualTo(population.description(3, 2));
    assertThat(population.description(3, 3)).isNotEqualTo(population.description(3, 2));
  }

  @Test
  void theMachineOfAnAgentStaysFromOneGenerationToTheNext() {
    assertThat(population.description(3, 9).get("hostname"))
        .isEqualTo(population.description(3, 0).get("hostname"));
  }

  @Test
  void anAgentTakesAboutThreeHundredBytes() {
    double average =
        IntStream.range(0, 1_000)
            .map(number -> population.description(number, 0).toString().length())
            .average()
            .orElseThrow();
    assertThat(average).isBetween(200.0, 350.0);
  }

  @Test
  void onlyItsOwnIdsAreTakenForAgentsOfTheFleet() {
    assertThat(population.number(population.id(12))).isEqualTo(OptionalInt.of(12));
    assertThat(population.number("fleet-8-S12")).isEmpty();
    assertThat(population.number("fleet-7-S012")).isEmpty();
    assertThat(population.number("fleet-7-S")).isEmpty();
    assertThat(population.claims("fleet-7-S012")).isTrue();
    assertThat(population.claims("fleet-71-S1")).isFalse();
  }
}
