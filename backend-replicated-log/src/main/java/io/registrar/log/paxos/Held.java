package io.registrar.log.paxos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Things that wait, in order, for the records that they rest on.
 *
 * @param <T> what waits
 */
final class Held<T> {
  private record Waiting<T>(long mark, T item) {}

  private final Deque<Waiting<T>> queue = new ArrayDeque<>();
  private final Journal journal;

  Held(Journal journal) {
    this.journal = journal;
  }

  /** Waits for every record written so far, and for all that was added before. */
  void add(T item) {
    queue.add(new Waiting<>(journal.mark(), item));
  }

  /** Waits only for what was added before. */
  void addAtOnce(T item) {
    queue.add(new Waiting<>(0, item));
  }

  /** Takes out all that may go. */
  List<T> release() {
    if (queue.isEmpty()) {
      return List.of();
    }
    List<T> free = new ArrayList<>();
    while (!queue.isEmpty() && journal.synced(queue.peek().mark())) {
      free.add(queue.remove().item());
    }
    return free;
  }

  void clear() {
    queue.clear();
  }
}
