package io.registrar.log.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.sim.exhaustive.Exhaustive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exhaustive search, deep: from its two beginnings it finds four mutants unaided, and to the
 * same depth nothing in the true protocol.
 */
@Tag("campaign")
class ExhaustiveCampaignTest {
  private static final int DEPTH = Integer.getInteger("sim.depth", 7);
  private static final int STATES = Integer.getInteger("sim.states", 5_000_000);

  @ParameterizedTest
  @ValueSource(strings = {"P06", "P12", "P16", "P43"})
  void findsTheMutant(String prefix) throws IOException {
    Mutant mutant =
        Mutant.readAll(Path.of("src/test/resources/mutants")).stream()
            .filter(one -> one.name().startsWith(prefix))
            .findFirst()
            .orElseThrow();
    List<String> answers =
        List.of(Hunt.exhaust(mutant, request("FOUNDED")), Hunt.exhaust(mutant, request("LED")));
    answers.forEach(answer -> System.out.println(mutant.name() + ": " + answer));
    assertThat(answers).anyMatch(answer -> answer.startsWith("found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOUNDED", "LED"})
  void findsNothingInTheTrueProtocol(String beginning) {
    String answer = new Exhaustive().apply(request(beginning));
    System.out.println("true protocol: " + answer);
    assertThat(answer).startsWith("none");
  }

  /** Whoever leads already has more moves open, and needs fewer of them. */
  private static String request(String beginning) {
    int depth = beginning.equals("LED") ? DEPTH - 2 : DEPTH;
    return depth + " " + STATES + " " + beginning;
  }
}
