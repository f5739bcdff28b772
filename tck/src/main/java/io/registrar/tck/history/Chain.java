package io.registrar.tck.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The commits that took effect, in their order, as the final markers tell: each names the version
 * that it followed (rule H1).
 */
final class Chain {
  private final List<Call.Commit> inOrder = new ArrayList<>();
  private final Map<Integer, Long> positions = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  Chain(History history) {
    Map<Integer, Call.Commit> known = new HashMap<>();
    history.commits().forEach(commit -> known.put(commit.op(), commit));
    Map<Long, Integer> byBase = new HashMap<>();
    Set<Integer> left = new HashSet<>();
    history
        .after()
        .markers()
        .forEach(
            (op, base) -> {
              if (history.before().markers().containsKey(op)) {
                return;
              }
              left.add(op);
              Integer other = byBase.put(base, op);
              if (other != null) {
                broken("a fork: batches " + other + " and " + op + " both follow version " + base);
              }
            });
    long version = history.before().version();
    for (Integer op = byBase.get(version); op != null; op = byBase.get(version)) {
      Call.Commit commit = known.get(op);
      left.remove(op);
      version++;
      if (commit == null) {
        broken("version " + version + " is of batch " + op + ", which nobody committed");
        break;
      }
      inOrder.add(commit);
      positions.put(op, version);
    }
    if (version != history.after().version()) {
      broken(
          "the batches lead to version "
              + version
              + ", the state says "
              + history.after().version());
    }
    if (!left.isEmpty()) {
      broken("batches that took effect, and follow nothing: " + left);
    }
  }

  /** The commits that took effect; the first made the version after the one before. */
  List<Call.Commit> inOrder() {
    return inOrder;
  }

  /** The version that a batch made; 0 if it did not take effect. */
  long position(int op) {
    return positions.getOrDefault(op, 0L);
  }

  List<Violation> violations() {
    return violations;
  }

  private void broken(String what) {
    violations.add(new Violation("H1", what));
  }
}
