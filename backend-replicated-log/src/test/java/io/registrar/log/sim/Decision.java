package io.registrar.log.sim;

/**
 * One departure of a run from the plain course, in which every message takes a few milliseconds,
 * every sync one, nothing fails and nobody asks for anything. A run is its base seed and the list
 * of its decisions, so any part of the list can be left out and the rest still be played.
 */
sealed interface Decision {
  /** At this virtual time, this happens. */
  record At(long time, Action action) implements Decision {
    @Override
    public String toString() {
      return "at " + time + " " + action;
    }
  }

  /** The {@code ordinal}-th message on the link from one process to another meets this fate. */
  record OnMessage(int from, int to, long ordinal, Fate fate) implements Decision {
    @Override
    public String toString() {
      return "message " + from + " " + to + " " + ordinal + " " + fate;
    }
  }

  /** The {@code ordinal}-th sync of a disk takes this many milliseconds. */
  record OnSync(int node, long ordinal, long millis) implements Decision {
    @Override
    public String toString() {
      return "sync " + node + " " + ordinal + " " + millis;
    }
  }

  /** Reads what {@code toString} wrote. */
  static Decision parse(String line) {
    String[] word = line.trim().split(" +");
    return switch (word[0]) {
      case "at" ->
          new At(
              Long.parseLong(word[1]),
              new Action(
                  Verb.valueOf(word[2]), Integer.parseInt(word[3]), Long.parseLong(word[4])));
      case "message" ->
          new OnMessage(
              Integer.parseInt(word[1]),
              Integer.parseInt(word[2]),
              Long.parseLong(word[3]),
              new Fate(Fate.Kind.valueOf(word[4]), Long.parseLong(word[5])));
      case "sync" ->
          new OnSync(Integer.parseInt(word[1]), Long.parseLong(word[2]), Long.parseLong(word[3]));
      default -> throw new IllegalArgumentException("not a decision: " + line);
    };
  }
}
