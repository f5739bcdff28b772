package io.registrar.log.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input",
 * ddmin) over a list of decisions.
 */
final class Shrinker {
  private final Predicate<List<Decision>> stillFails;
  private int triesLeft;

  /** Stops after {@code tries} replays with the shortest list found until then. */
  Shrinker(int tries, Predicate<List<Decision>> stillFails) {
    this.stillFails = stillFails;
    this.triesLeft = tries;
  }

  List<Decision> shrink(List<Decision> failing) {
    List<Decision> shortest = failing;
    int pieces = 2;
    while (shortest.size() >= 2 && triesLeft > 0) {
      List<Decision> shorter = withoutOnePiece(shortest, pieces);
      if (shorter.size() < shortest.size()) {
        shortest = shorter;
        pieces = Math.max(2, pieces - 1);
      } else if (pieces >= shortest.size()) {
        break;
      } else {
        pieces = Math.min(shortest.size(), pieces * 2);
      }
    }
    return shortest;
  }

  private List<Decision> withoutOnePiece(List<Decision> all, int pieces) {
    for (int piece = 0; piece < pieces; piece++) {
      int from = (int) ((long) all.size() * piece / pieces);
      int to = (int) ((long) all.size() * (piece + 1) / pieces);
      List<Decision> rest = new ArrayList<>(all.subList(0, from));
      rest.addAll(all.subList(to, all.size()));
      if (triesLeft-- <= 0) {
        return all;
      }
      if (stillFails.test(rest)) {
        return rest;
      }
    }
    return all;
  }
}
