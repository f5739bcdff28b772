package io.registrar.tck.history;

import java.util.List;

/**
 * What clients did between two states of a registry that nobody was writing to.
 *
 * @param before the state before the first call
 * @param calls all calls, in any order
 * @param after the state after the last one
 */
record History(State before, List<Call> calls, State after) {
  List<Call.Commit> commits() {
    return of(Call.Commit.class);
  }

  List<Call.Acquired> acquires() {
    return of(Call.Acquired.class);
  }

  <C extends Call> List<C> of(Class<C> type) {
    return calls.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
