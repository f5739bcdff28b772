package io.registrar.log.sim.exhaustive;

import io.registrar.log.sim.oracle.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Visits every state that can be reached in a number of moves, breadth first, so that what it finds
 * is found by a shortest way. A state is the list of moves that leads to it: to go on from it, they
 * are played again. The budget: two proposers acquire once each and propose once each, one process
 * crashes, one disk is lost, one membership changes.
 */
final class Explorer {
  /** How far a search came. */
  record Found(
      Beginning beginning, int depth, int states, Optional<String> violation, List<Move> way) {
    @Override
    public String toString() {
      return String.format(
          "exhaustive search from %s to depth %d, %,d states: %s",
          beginning,
          depth,
          states,
          violation.map(text -> text + "\n  by " + way).orElse("no violation"));
    }
  }

  /** The moves that lead to it, and those that may follow. */
  private record State(List<Move> way, List<Move> next) {}

  private static final int LONGEST_ELECTION = 20;

  private final Beginning from;
  private final int deepest;
  private final int mostStates;

  /** From where a search begins. */
  enum Beginning {
    /** Three members have founded an ensemble, and have started again. */
    FOUNDED,
    /** One of them has begun a session since, by nine moves in one fixed order. */
    LED;

    List<Move> way() {
      List<Move> way = new ArrayList<>();
      if (this == LED) {
        Cluster cluster = new Cluster();
        Move next = new Move.Acquire(0);
        for (int i = 0; i < LONGEST_ELECTION && next != null; i++) {
          cluster.apply(next);
          way.add(next);
          next = cluster.deliveries().stream().findFirst().orElse(null);
        }
      }
      return way;
    }
  }

  Explorer(Beginning beginning, int deepest, int mostStates) {
    this.from = beginning;
    this.deepest = deepest;
    this.mostStates = mostStates;
  }

  Found search() {
    try {
      return search(from.way());
    } catch (Violation e) {
      return new Found(from, 0, 0, Optional.of(e.getMessage()), List.of());
    }
  }

  private Found search(List<Move> beginning) {
    Set<Long> seen = new HashSet<>();
    Deque<State> open = new ArrayDeque<>();
    open.add(new State(beginning, next(beginning, play(beginning))));
    int depth = 0;
    while (!open.isEmpty() && seen.size() < mostStates) {
      State state = open.removeFirst();
      depth = state.way.size() - beginning.size();
      if (depth == deepest) {
        break;
      }
      for (Move move : state.next) {
        List<Move> further = new ArrayList<>(state.way);
        further.add(move);
        try {
          Cluster cluster = play(further);
          if (seen.add(cluster.digest())) {
            open.addLast(new State(further, next(further, cluster)));
          }
        } catch (Violation e) {
          return new Found(from, depth + 1, seen.size(), Optional.of(e.getMessage()), further);
        }
      }
    }
    return new Found(from, depth, seen.size(), Optional.empty(), List.of());
  }

  private static Cluster play(List<Move> way) {
    Cluster cluster = new Cluster();
    way.forEach(cluster::apply);
    return cluster;
  }

  private static List<Move> next(List<Move> way, Cluster cluster) {
    List<Move> moves = new ArrayList<>(cluster.deliveries());
    for (int node = 0; node < 2; node++) {
      if (!way.contains(new Move.Acquire(node)) && (node == 0 || !way.isEmpty())) {
        moves.add(new Move.Acquire(node));
      }
      if (cluster.hasSession(node) && !way.contains(new Move.Propose(node))) {
        moves.add(new Move.Propose(node));
      }
    }
    if (way.stream().noneMatch(Move.Reconfigure.class::isInstance)) {
      moves.add(new Move.Reconfigure(0, 2));
    }
    if (!way.isEmpty() && way.stream().noneMatch(Move.Crash.class::isInstance)) {
      moves.add(new Move.Crash(0));
      moves.add(new Move.Crash(2));
    }
    if (!way.isEmpty() && way.stream().noneMatch(Move.Wipe.class::isInstance)) {
      moves.add(new Move.Wipe(2));
    }
    return moves;
  }
}
