package io.registrar.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the agents that a recovery has found have not come back, and which of them it is time to
 * give up. A plain function of what it is told and of the time that it is given, counted from the
 * recovery. To read who was found takes a while, and agents may come back meanwhile.
 *
 * <p>Invariants: 1. an agent is in at most one of {@code missing} and {@code marking}; 2. one that
 * has come back is in neither, and its turn in the rate goes to the next; 3. one that asks to come
 * back, and has no answer yet, is not given up; 4. nothing is given up before the timeout, or
 * before it is known who was found, and nothing at all once the limit was exceeded.
 *
 * <p>Not thread-safe.
 */
final class MissingAgents {
  private final FailoverOptions options;
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> marking = new LinkedHashSet<>();
  private final Map<String, Integer> returning = new HashMap<>(); // how many requests of each
  private final List<Runnable> early = new ArrayList<>(); // told before the roll was read
  private boolean isRead;
  private int recovered;
  private Verdict verdict = Verdict.WAITING;
  private Duration nextTurn;
  private int returned;

  /** What is to become of those that are missing. */
  enum Verdict {
    /** They may still come back. */
    WAITING,
    /** They are given up, as fast as the rate allows. */
    GIVING_UP,
    /** They are too many: the master is to stop. */
    TOO_MANY
  }

  MissingAgents(FailoverOptions options) {
    this.options = options;
    this.nextTurn = options.reregisterTimeout();
  }

  /** The agents that the recovery has found; once, before anything is judged. */
  void read(Collection<String> found) {
    recovered = found.size();
    missing.addAll(found);
    isRead = true;
    early.forEach(Runnable::run);
    early.clear();
  }

  /** An agent asks to come back; {@link #answered} follows. */
  void returning(String id) {
    returning.merge(id, 1, Integer::sum);
  }

  /** What an agent asked for was answered, whether it has {@link #returned} or not. */
  void answered(String id) {
    returning.computeIfPresent(id, (asked, requests) -> requests == 1 ? null : requests - 1);
  }

  /** An agent is there. */
  void returned(String id) {
    if (!isRead) {
      early.add(() -> returned(id));
    } else if (missing.remove(id) || marking.remove(id)) {
      returned++;
    }
  }

  /** Whether an agent that was due may be given up now. */
  boolean isToBeMarked(String id) {
    return marking.contains(id) && !returning.containsKey(id);
  }

  /** An agent was removed or declared gone by someone: nothing is to be given up about it. */
  void settled(String id) {
    if (!isRead) {
      early.add(() -> settled(id));
    }
    missing.remove(id);
    marking.remove(id);
  }

  /** Decides, once the timeout has passed; the same answer from then on. */
  Verdict judge(Duration sinceRecovery) {
    if (isRead
        && verdict == Verdict.WAITING
        && sinceRecovery.compareTo(options.reregisterTimeout()) >= 0) {
      verdict =
          options.removalLimit().isExceededBy(missing.size(), recovered)
              ? Verdict.TOO_MANY
              : Verdict.GIVING_UP;
    }
    return verdict;
  }

  /** Those whose turn it is; each is given once, until {@link #failed} gives it back. */
  List<String> due(Duration sinceRecovery) {
    List<String> due = new ArrayList<>();
    if (judge(sinceRecovery) != Verdict.GIVING_UP) {
      return due;
    }
    if (options.removalRate().isPresent()) {
      // Turns that nobody was there to take are not saved up for longer than the rate speaks of.
      Duration oldest = sinceRecovery.minus(options.removalRate().get().per());
      nextTurn = nextTurn.compareTo(oldest) < 0 ? oldest : nextTurn;
    }
    Iterator<String> next = missing.iterator();
    while (next.hasNext() && nextTurn.compareTo(sinceRecovery) <= 0) {
      String id = next.next();
      if (returning.containsKey(id)) {
        continue;
      }
      next.remove();
      marking.add(id);
      due.add(id);
      if (options.removalRate().isPresent()) {
        nextTurn = nextTurn.plus(options.removalRate().get().interval());
      }
    }
    return due;
  }

  /** An agent that was due is marked, or did not need to be. */
  void marked(String id) {
    marking.remove(id);
  }

  /** An agent that was due was not marked: if it is still missing, its turn comes again. */
  void failed(String id) {
    if (marking.remove(id)) {
      missing.add(id);
    }
  }

  int recovered() {
    return recovered;
  }

  int returned() {
    return returned;
  }

  int missing() {
    return missing.size() + marking.size();
  }

  /** How many of the missing wait for their turn to be given up. */
  int limited() {
    return verdict == Verdict.GIVING_UP ? missing.size() : 0;
  }
}
