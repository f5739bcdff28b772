package io.registrar.tck.history;

import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several {@link HistoryWorker}s have done to one registry, put together from their lines, and
 * checked against rules H1 to H11. A segment begins with {@link #begin} and ends with {@link
 * #check}, both with a state that nobody was writing to.
 *
 * <p>Each start of a worker's clients is given numbers of its own ({@link #nextRun}), so that no
 * two batches and no two clients are taken for one, whoever was killed in between. Thread-safe.
 */
public final class JoinedHistory {
  private static final int SHOWN = 10;
  private static final int BATCHES_A_RUN = 200_000;

  private final long seed;
  private final Duration timeout;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Integer, Call.Commit> commits = new LinkedHashMap<>();
  private State before = State.empty();
  private int runs;

  /**
   * An empty history.
   *
   * @param seed what the clients do follows from it
   * @param timeout of each call
   */
  public JoinedHistory(long seed, Duration timeout) {
    this.seed = seed;
    this.timeout = Deadline.scaled(timeout);
  }

  /** The command that starts the clients of one worker. */
  public synchronized String nextRun() {
    runs++;
    return String.format(
        "run %d %d %d %d",
        seed * 1_000_003 + runs,
        Math.multiplyExact(runs, BATCHES_A_RUN),
        runs * HistoryWorker.CLIENTS,
        timeout.toMillis());
  }

  /**
   * A segment begins.
   *
   * @param state what a worker answered to {@code settle}, without its first word
   */
  public synchronized void begin(String state) {
    calls.clear();
    commits.clear();
    before = StateText.read(state);
  }

  /** Takes up a line that a worker has written; what is no call, or was cut by a kill, is not. */
  public synchronized Progress add(String line) {
    if (!CallText.isWhole(line)) {
      return Progress.NONE;
    }
    Call call = CallText.read(line);
    if (call instanceof Call.Commit commit) {
      commits.put(commit.op(), commit); // its end replaces its beginning
      boolean acknowledged = commit.outcome() == Call.Outcome.COMMITTED;
      return new Progress(
          commit.invoked(), acknowledged ? Progress.Kind.COMMITTED : Progress.Kind.NONE);
    }
    calls.add(call);
    return new Progress(
        call.invoked(),
        call instanceof Call.AcquireFailed ? Progress.Kind.NONE : Progress.Kind.READ);
  }

  /**
   * What a line tells about the worker that wrote it.
   *
   * @param invoked when the call was made, by {@link System#nanoTime}
   */
  public record Progress(long invoked, Kind kind) {
    static final Progress NONE = new Progress(0, Kind.NONE);

    /** What has succeeded. */
    public enum Kind {
      NONE,
      READ,
      COMMITTED
    }
  }

  /** How many calls the segment has so far. */
  public synchronized int size() {
    return calls.size() + commits.size();
  }

  /** How many of them were commits that were acknowledged. */
  public synchronized long committed() {
    return commits.values().stream()
        .filter(commit -> commit.outcome() == Call.Outcome.COMMITTED)
        .count();
  }

  /**
   * Checks the segment.
   *
   * @param state what a worker answered to {@code fence}, without its first word
   * @param longest for which a fault kept a process from going on, at most
   * @return what is wrong, as sentences, the first of it if it is much; empty if nothing is
   */
  public synchronized List<String> check(String state, Duration longest) {
    List<Call> all = new ArrayList<>(calls);
    all.addAll(commits.values());
    // An acquire that was under way at a kill left no line, and may have fenced.
    long begun = all.stream().mapToLong(Call::invoked).min().orElse(Call.NEVER);
    all.add(new Call.AcquireFailed(0, begun, Call.NEVER));
    return HistoryCheck.of(new History(before, all, StateText.read(state)), timeout.plus(longest))
        .stream()
        .limit(SHOWN)
        .map(Violation::toString)
        .toList();
  }
}
