package io.registrar.log.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run that can be had again: the seed, the classes of faults that it could draw from, and its
 * decisions. As text it is one line {@code seed <n> faults <list>} and one line a decision.
 */
record Replay(long seed, Set<FaultClass> faults, List<Decision> decisions) {

  static Replay parse(List<String> lines) {
    String[] head = lines.get(0).split(" +");
    List<Decision> decisions = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank() && !line.startsWith("#")) {
        decisions.add(Decision.parse(line));
      }
    }
    return new Replay(Long.parseLong(head[1]), FaultClass.parse(head[3]), decisions);
  }

  Result run(int keptLines) {
    Settings settings = new Settings(seed, faults);
    return new World(seed, settings, new ListedFates(decisions), decisions, keptLines).run();
  }

  /** Leaves out whatever the same invariant is broken without. */
  Replay shrink(String invariant, int tries) {
    Shrinker shrinker =
        new Shrinker(tries, rest -> new Replay(seed, faults, rest).run(0).violates(invariant));
    return new Replay(seed, faults, shrinker.shrink(decisions));
  }

  String text() {
    StringBuilder text = new StringBuilder("seed " + seed + " faults ");
    text.append(
        faults.equals(FaultClass.all())
            ? "all"
            : faults.isEmpty()
                ? "none"
                : String.join(",", new TreeSet<>(faults.stream().map(FaultClass::name).toList())));
    decisions.forEach(decision -> text.append('\n').append(decision));
    return text.append('\n').toString();
  }
}
