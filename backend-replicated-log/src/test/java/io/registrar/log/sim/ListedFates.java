package io.registrar.log.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fates read from a list of decisions: a replay. */
final class ListedFates implements Fates {
  private record Link(int from, int to, long ordinal) {}

  private record Sync(int node, long ordinal) {}

  private final Map<Link, Fate> messages = new HashMap<>();
  private final Map<Sync, Long> syncs = new HashMap<>();

  ListedFates(List<Decision> decisions) {
    for (Decision decision : decisions) {
      if (decision instanceof Decision.OnMessage on) {
        messages.put(new Link(on.from(), on.to(), on.ordinal()), on.fate());
      } else if (decision instanceof Decision.OnSync on) {
        syncs.put(new Sync(on.node(), on.ordinal()), on.millis());
      }
    }
  }

  @Override
  public void quiet() {
    // A list names what departs from the plain course, and names nothing after the healing.
  }

  @Override
  public Fate message(int from, int to, long ordinal, Traffic traffic) {
    return messages.getOrDefault(new Link(from, to, ordinal), Fate.PLAIN);
  }

  @Override
  public long sync(int node, long ordinal, long now) {
    return syncs.getOrDefault(new Sync(node, ordinal), 1L);
  }
}
