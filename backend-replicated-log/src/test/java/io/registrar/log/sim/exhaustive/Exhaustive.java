package io.registrar.log.sim.exhaustive;

import java.util.function.Function;

/**
 * The search as text in and text out, for a copy of itself that was loaded around a mutant: {@code
 * "<depth> <states> <FOUNDED or LED>"} in; {@code "<invariant or none>"} and what was found out.
 */
public final class Exhaustive implements Function<String, String> {
  @Override
  public String apply(String request) {
    String[] word = request.split(" ");
    Explorer.Found found =
        new Explorer(
                Explorer.Beginning.valueOf(word[2]),
                Integer.parseInt(word[0]),
                Integer.parseInt(word[1]))
            .search();
    return (found.violation().isPresent() ? "found" : "none") + "\n" + found;
  }
}
