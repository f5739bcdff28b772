package io.registrar.log.sim.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.sim.PlayedReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hunts every mutant from seed 1 on, shrinks what catches it, and plays that on the true protocol,
 * where it must break nothing. Prints the table of docs/testing.md and leaves the replays in
 * target/replays. {@code -Dsim.mutants=P06} hunts those whose names begin so; {@code -Dsim.seeds}
 * bounds the hunt for each.
 */
@Tag("campaign")
class MutantCampaignTest {
  private static final Path MUTANTS = Path.of("src/test/resources/mutants");
  private static final Path REPLAYS = Path.of("target/replays");

  @Test
  void everyMutantIsCaught() throws IOException {
    String prefix = System.getProperty("sim.mutants", "");
    long seeds = Long.getLong("sim.seeds", 1_000_000);
    Files.createDirectories(REPLAYS);
    List<String> wrong = new ArrayList<>();
    List<Long> taken = new ArrayList<>();
    for (Mutant mutant : Mutant.readAll(MUTANTS)) {
      if (mutant.name().startsWith(prefix)) {
        Optional<Hunt.Catch> caught = Hunt.search(mutant, 1, seeds, Hunt.Shrink.SHRINK);
        caught.ifPresent(one -> taken.add(one.seeds()));
        System.out.println(line(mutant, caught));
        if (caught.isEmpty()) {
          wrong.add(mutant.name() + " was not caught by " + seeds + " seeds");
        } else {
          String replay = String.join("\n", caught.get().replay());
          Files.writeString(REPLAYS.resolve(mutant.name() + ".txt"), replay + "\n");
          String broken = new PlayedReplay().apply(replay);
          if (!broken.isEmpty()) {
            wrong.add(mutant.name() + "'s replay on the true protocol: " + broken);
          }
        }
      }
    }
    taken.sort(null);
    System.out.println(
        "mutants caught: "
            + taken.size()
            + ", median seeds "
            + (taken.isEmpty() ? "-" : taken.get(taken.size() / 2))
            + ", most "
            + (taken.isEmpty() ? "-" : taken.get(taken.size() - 1)));
    assertThat(wrong).isEmpty();
  }

  private static String line(Mutant mutant, Optional<Hunt.Catch> caught) {
    return caught
        .map(
            one ->
                String.format(
                    "| %s | %d | %s%s | %d | %d |",
                    mutant.name(),
                    one.seeds(),
                    one.invariant(),
                    mutant.expect().contains(one.invariant())
                        ? ""
                        : " (expected " + String.join(" ", mutant.expect()) + ")",
                    one.drawn(),
                    one.shrunk()))
        .orElse("| " + mutant.name() + " | not caught | | | |");
  }
}
