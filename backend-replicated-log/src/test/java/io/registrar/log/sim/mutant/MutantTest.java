package io.registrar.log.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves the tests: each protocol that is broken on purpose is noticed by the scenario in text that
 * its file names, or by the replay, or else by the seed that it names or one soon after. How many
 * seeds it takes from the first one on is the campaign's business ({@link MutantCampaignTest}).
 */
class MutantTest {
  private static final Path MUTANTS = Path.of("src/test/resources/mutants");
  private static final Path REPLAYS = Path.of("src/test/resources/replays");
  private static final long SEEDS = 200;

  static List<Mutant> mutants() throws IOException {
    return Mutant.readAll(MUTANTS);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isNoticed(Mutant mutant) throws IOException {
    if (!mutant.noticed().equals("-")) {
      assertThat(Hunt.scenarios(mutant, mutant.noticed())).as("noticed by").isNotEmpty();
    } else if (!mutant.replayed().equals("-")) {
      String replay = Files.readString(REPLAYS.resolve(mutant.replayed()));
      assertThat(Hunt.replay(mutant, replay)).as("broken by the replay").isNotEmpty();
    } else {
      assertThat(Hunt.search(mutant, mutant.seed(), SEEDS, Hunt.Shrink.PLAIN))
          .as("a seed from %d on", mutant.seed())
          .isPresent();
    }
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
