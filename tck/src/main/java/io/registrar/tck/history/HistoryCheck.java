package io.registrar.tck.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks a history against rules H1 to H11, in time linear in calls and bytes but for sorting.
 *
 * <ul>
 *   <li>H1 the batches that took effect form one chain of versions ({@link Chain})
 *   <li>H2 what was acknowledged is in it, at its version
 *   <li>H3 what failed is not
 *   <li>H4 what was unknown is settled by the next acquire, for good
 *   <li>H5 a commit that ended before another began comes before it
 *   <li>H6 reads and acquires see all that was acknowledged before, and nothing not yet begun
 *   <li>H7 the versions that a client sees never fall
 *   <li>H8 nobody is fenced but by an acquire
 *   <li>H9 nothing of an earlier session follows a later session's fence; epochs grow
 *   <li>H10 every snapshot shows exactly its version's header and records
 *   <li>H11 every call ends in time
 * </ul>
 *
 * <p>There is no conflict in the contract: H8 is about fences in its place.
 */
final class HistoryCheck {
  private final History history;
  private final Duration longest;
  private final Chain chain;
  private final List<Violation> violations = new ArrayList<>();

  private HistoryCheck(History history, Duration longest) {
    this.history = history;
    this.longest = longest;
    chain = new Chain(history);
    violations.addAll(chain.violations());
  }

  /**
   * Everything that is wrong with a history; empty if nothing is.
   *
   * @param longest what a call may take
   */
  static List<Violation> of(History history, Duration longest) {
    HistoryCheck check = new HistoryCheck(history, longest);
    history.commits().forEach(check::outcome);
    check.orderOfCommits();
    check.orderOfSnapshots();
    check.monotonicClients();
    check.fences();
    check.contents();
    history.calls().forEach(check::ended);
    return check.violations;
  }

  private void outcome(Call.Commit commit) {
    long position = chain.position(commit.op());
    switch (commit.outcome()) {
      case COMMITTED -> {
        if (position == 0) {
          broken("H2", "acknowledged, and not there: " + commit);
        } else if (position != commit.version()) {
          broken("H2", "acknowledged, and at version " + position + ": " + commit);
        }
      }
      case NO_EFFECT, FENCED -> {
        if (position != 0) {
          broken("H3", "told as without effect, and at version " + position + ": " + commit);
        }
      }
      case UNKNOWN -> {
        // Either is true; that it does not change is seen by the fences and the contents.
      }
    }
  }

  private void orderOfCommits() {
    long latestInvoked = Long.MIN_VALUE;
    for (Call.Commit commit : chain.inOrder()) {
      if (commit.outcome() == Call.Outcome.COMMITTED && commit.completed() < latestInvoked) {
        broken("H5", "had ended before a commit began that comes before it: " + commit);
      }
      latestInvoked = Math.max(latestInvoked, commit.invoked());
    }
  }

  private void orderOfSnapshots() {
    TreeMap<Long, Long> acknowledged = new TreeMap<>(); // by completion, the greatest version
    TreeMap<Long, Long> begun = new TreeMap<>(); // by invocation, the greatest version
    chain
        .inOrder()
        .forEach(commit -> begun.merge(commit.invoked(), chain.position(commit.op()), Math::max));
    history.commits().stream()
        .filter(commit -> commit.outcome() == Call.Outcome.COMMITTED)
        .forEach(commit -> acknowledged.merge(commit.completed(), commit.version(), Math::max));
    accumulate(acknowledged);
    accumulate(begun);
    long first = history.before().version();
    for (Snap snap : snaps()) {
      Map.Entry<Long, Long> least = acknowledged.lowerEntry(snap.call.invoked());
      Map.Entry<Long, Long> most = begun.lowerEntry(snap.call.completed());
      long atLeast = least == null ? first : least.getValue();
      long atMost = most == null ? first : most.getValue();
      long version = snap.seen.version();
      if (version < atLeast) {
        broken("H6", "version " + atLeast + " had been acknowledged before: " + snap.call);
      } else if (version > atMost) {
        broken("H6", "no commit beyond version " + atMost + " had begun: " + snap.call);
      }
    }
  }

  private static void accumulate(TreeMap<Long, Long> versions) {
    long most = 0;
    for (Map.Entry<Long, Long> entry : versions.entrySet()) {
      most = Math.max(most, entry.getValue());
      entry.setValue(most);
    }
  }

  private void monotonicClients() {
    Map<Integer, Long> seen = new HashMap<>();
    List<Call> ordered = new ArrayList<>(history.calls());
    ordered.sort(Comparator.comparingLong(Call::invoked));
    for (Call call : ordered) {
      long version = versionOf(call);
      if (version > 0) {
        Long before = seen.put(call.client(), version);
        if (before != null && before > version) {
          broken("H7", "the client had seen version " + before + " before: " + call);
        }
      }
    }
  }

  private static long versionOf(Call call) {
    if (call instanceof Call.Commit commit) {
      return commit.version();
    } else if (call instanceof Call.Read read) {
      return read.seen().version();
    } else {
      return call instanceof Call.Acquired acquired ? acquired.seen().version() : 0;
    }
  }

  private void fences() {
    new FenceCheck(history, chain, violations).check();
  }

  private void contents() {
    Map<Long, List<Snap>> byVersion = new HashMap<>();
    snaps()
        .forEach(s -> byVersion.computeIfAbsent(s.seen.version(), v -> new ArrayList<>()).add(s));
    State state = history.before().copy();
    compare(byVersion.remove(state.version()), state);
    for (Call.Commit commit : chain.inOrder()) {
      state = state.after(Operation.batch(commit.op(), commit.base()), chain.position(commit.op()));
      compare(byVersion.remove(state.version()), state);
    }
    byVersion
        .values()
        .forEach(snaps -> broken("H10", "a version that never was: " + snaps.get(0).call));
    if (!state.digest().equals(history.after().digest())) {
      broken("H10", "the last state holds other records than its " + state.version() + " commits");
    }
  }

  private void compare(@org.jspecify.annotations.Nullable List<Snap> snaps, State state) {
    if (snaps == null) {
      return;
    }
    for (Snap snap : snaps) {
      if (!snap.seen.records().equals(state.digest())) {
        broken("H10", "other records than those of its version: " + snap.call);
      } else if (snap.seen.headOp() != state.headOp()) {
        broken("H10", "another header than that of batch " + state.headOp() + ": " + snap.call);
      }
    }
  }

  private void ended(Call call) {
    if (call.completed() != Call.NEVER && call.completed() - call.invoked() > longest.toNanos()) {
      broken("H11", "took longer than " + longest + ": " + call);
    }
  }

  /** A call that showed a snapshot. */
  private record Snap(Call call, Call.Seen seen) {}

  private List<Snap> snaps() {
    List<Snap> snaps = new ArrayList<>();
    history.of(Call.Read.class).forEach(read -> snaps.add(new Snap(read, read.seen())));
    history.acquires().forEach(acquired -> snaps.add(new Snap(acquired, acquired.seen())));
    return snaps;
  }

  private void broken(String rule, String what) {
    violations.add(new Violation(rule, what));
  }
}
