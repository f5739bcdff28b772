package io.registrar.tck.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules H4, H8 and H9: what sessions may do to each other. */
final class FenceCheck {
  private final History history;
  private final Chain chain;
  private final List<Violation> violations;
  private final TreeMap<Long, Call.Acquired> byEpoch = new TreeMap<>();

  FenceCheck(History history, Chain chain, List<Violation> violations) {
    this.history = history;
    this.chain = chain;
    this.violations = violations;
  }

  void check() {
    for (Call.Acquired acquired : history.acquires()) {
      Call.Acquired other = byEpoch.put(acquired.epoch(), acquired);
      if (other != null) {
        broken("H9", "two sessions of one epoch: " + other + " and " + acquired);
      }
    }
    epochsInRealTime();
    for (Call.Commit commit : chain.inOrder()) {
      mustNotFollowALaterFence(commit);
    }
    for (Call.Commit commit : history.commits()) {
      mustNotBeginAfterALaterAcquire(commit);
    }
    fencedByAnAcquire();
  }

  private void epochsInRealTime() {
    long latestInvoked = Long.MIN_VALUE;
    for (Call.Acquired acquired : byEpoch.values()) {
      if (acquired.completed() < latestInvoked) {
        broken("H9", "had ended before an acquire of a lesser epoch began: " + acquired);
      }
      latestInvoked = Math.max(latestInvoked, acquired.invoked());
    }
  }

  private void mustNotFollowALaterFence(Call.Commit commit) {
    Map.Entry<Long, Call.Acquired> next = byEpoch.higherEntry(commit.epoch());
    long position = chain.position(commit.op());
    if (next != null && position > next.getValue().seen().version()) {
      boolean unknown = commit.outcome() == Call.Outcome.UNKNOWN;
      broken(
          unknown ? "H4" : "H9",
          "took effect at version "
              + position
              + ", after the fence of epoch "
              + next.getKey()
              + " at version "
              + next.getValue().seen().version()
              + ": "
              + commit);
    }
  }

  private void mustNotBeginAfterALaterAcquire(Call.Commit commit) {
    Map.Entry<Long, Call.Acquired> next = byEpoch.higherEntry(commit.epoch());
    if (commit.outcome() == Call.Outcome.COMMITTED
        && next != null
        && next.getValue().completed() < commit.invoked()) {
      broken(
          "H9",
          "began after the acquire of epoch " + next.getKey() + ", and ended well: " + commit);
    }
  }

  private void fencedByAnAcquire() {
    List<Call> attempts = new ArrayList<>(history.of(Call.AcquireFailed.class));
    long failed = attempts.stream().mapToLong(Call::invoked).min().orElse(Call.NEVER);
    TreeMap<Long, Long> earliest = new TreeMap<>(Comparator.reverseOrder());
    long first = Call.NEVER;
    for (Call.Acquired acquired : byEpoch.descendingMap().values()) {
      first = Math.min(first, acquired.invoked());
      earliest.put(acquired.epoch(), first);
    }
    for (Call.Commit commit : history.commits()) {
      Map.Entry<Long, Long> later = earliest.lowerEntry(commit.epoch());
      long by = Math.min(failed, later == null ? Call.NEVER : later.getValue());
      if (commit.outcome() == Call.Outcome.FENCED && by > commit.completed()) {
        broken("H8", "fenced, and nobody had acquired: " + commit);
      }
    }
  }

  private void broken(String rule, String what) {
    violations.add(new Violation(rule, what));
  }
}
