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
 * crashes, one loses its disk, one membership changes.
 */
final class Explorer {
  /** How far a search came. */
  record Found(int depth, int states, Optional<String> violation, List<Move> way) {
    @Override
    public String toString() {
      return String.format(
          "exhaustive search to depth %d, %,d states: %s",
          depth, states, violation.map(text -> text + "\n  by " + way).orElse("no violation"));
    }
  }

  /** The moves that lead to it, and those that may follow. */
  private record State(List<Move> way, List<Move> next) {}

  private final int deepest;
  private final int mostStates;

  Explorer(int deepest, int mostStates) {
    this.deepest = deepest;
    this.mostStates = mostStates;
  }

  Found search() {
    Set<Long> seen = new HashSet<>();
    Deque<State> open = new ArrayDeque<>();
    open.add(new State(List.of(), next(List.of(), new Cluster())));
    int depth = 0;
    while (!open.isEmpty() && seen.size() < mostStates) {
      State state = open.removeFirst();
      depth = state.way.size();
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
          return new Found(further.size(), seen.size(), Optional.of(e.getMessage()), further);
        }
      }
    }
    return new Found(depth, seen.size(), Optional.empty(), List.of());
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
    if (way.stream().noneMatch(Explorer::disrupts)) {
      moves.add(new Move.Reconfigure(0, 2));
      if (!way.isEmpty()) {
        moves.add(new Move.Crash(2));
        moves.add(new Move.Wipe(2));
      }
    }
    return moves;
  }

  private static boolean disrupts(Move move) {
    return move instanceof Move.Reconfigure
        || move instanceof Move.Crash
        || move instanceof Move.Wipe;
  }
}
