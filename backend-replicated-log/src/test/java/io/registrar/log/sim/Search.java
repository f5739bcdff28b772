package io.registrar.log.sim;

import java.util.Set;
import java.util.function.Function;

/**
 * Searches seeds until one breaks an invariant. Takes and gives text, so that it can be called on a
 * copy of itself that was loaded around a mutant: {@code "<first seed> <seeds> <faults>
 * <shrink|plain>"} in; out, empty if nothing was found, else a line {@code <invariant> <decisions
 * before shrinking> <message>} and the replay.
 */
public final class Search implements Function<String, String> {
  private static final int SHRINK_TRIES = 2_000;

  @Override
  public String apply(String request) {
    String[] word = request.split(" ");
    long first = Long.parseLong(word[0]);
    long seeds = Long.parseLong(word[1]);
    Set<FaultClass> faults = FaultClass.parse(word[2]);
    for (long seed = first; seed < first + seeds; seed++) {
      Result result = Simulation.run(seed, faults);
      if (result.violation().isPresent()) {
        Replay replay = new Replay(seed, faults, result.decisions());
        String invariant = result.violation().get().invariant();
        if (word[3].equals("shrink")) {
          replay = replay.shrink(invariant, SHRINK_TRIES);
        }
        String message = result.violation().get().getMessage().replace('\n', ' ');
        return invariant + " " + result.decisions().size() + " " + message + "\n" + replay.text();
      }
    }
    return "";
  }
}
