package io.registrar.log.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.sim.exhaustive.Exhaustive;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exhaustive search, deep: it finds four mutants unaided, and at the same depth nothing in the
 * true protocol.
 */
@Tag("campaign")
class ExhaustiveCampaignTest {
  private static final int DEPTH = Integer.getInteger("sim.depth", 8);
  private static final int STATES = Integer.getInteger("sim.states", 5_000_000);

  @ParameterizedTest
  @ValueSource(strings = {"P06", "P12", "P16", "P43"})
  void findsTheMutant(String prefix) throws IOException {
    Mutant mutant =
        Mutant.readAll(Path.of("src/test/resources/mutants")).stream()
            .filter(one -> one.name().startsWith(prefix))
            .findFirst()
            .orElseThrow();
    String answer = Hunt.exhaust(mutant, DEPTH, STATES);
    System.out.println(mutant.name() + ": " + answer);
    assertThat(answer).startsWith("found");
  }

  @Test
  void findsNothingInTheTrueProtocol() {
    String answer = new Exhaustive().apply(DEPTH + " " + STATES);
    System.out.println("true protocol: " + answer);
    assertThat(answer).startsWith("none");
  }
}
