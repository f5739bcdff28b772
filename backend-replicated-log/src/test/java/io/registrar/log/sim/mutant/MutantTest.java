package io.registrar.log.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves the tests: each protocol that is broken on purpose is noticed by the scenario in text that
 * its file names, or else by the seed that it names or one soon after. How many seeds it takes from
 * the first one on is the campaign's business ({@link MutantCampaignTest}).
 */
class MutantTest {
  private static final Path MUTANTS = Path.of("src/test/resources/mutants");
  private static final long SEEDS = 200;

  static List<Mutant> mutants() throws IOException {
    return Mutant.readAll(MUTANTS);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isNoticed(Mutant mutant) {
    boolean inText = !mutant.noticed().equals("-");
    boolean noticed =
        inText
            ? !Hunt.scenarios(mutant, mutant.noticed()).isEmpty()
            : Hunt.search(mutant, mutant.seed(), SEEDS, Hunt.Shrink.PLAIN).isPresent();
    assertThat(noticed)
        .as(
            "%s (%s), by %s",
            mutant.name(),
            mutant.sentence(),
            inText ? "scenario " + mutant.noticed() : "seeds from " + mutant.seed())
        .isTrue();
  }

  @Test
  void theMutantsAreThoseOfTheListTheAncestorsAndTenMore() throws IOException {
    List<String> names =
        Mutant.readAll(MUTANTS).stream().map(mutant -> mutant.name().split("-")[0]).toList();
    List<String> wanted =
        IntStream.rangeClosed(1, 46).mapToObj(number -> String.format("P%02d", number)).toList();
    assertThat(names).doesNotHaveDuplicates().containsAll(wanted).contains("A1", "A2", "A3");
    assertThat(names.stream().filter(name -> name.startsWith("N"))).hasSizeGreaterThanOrEqualTo(10);
  }
}
