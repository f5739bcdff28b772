package io.registrar.tck.history;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A long history in segments: each begins and ends with a state that nobody is writing to, so that
 * the markers of one can be deleted before the next, and the registry stays small.
 *
 * <p>Every third segment ends with all that is open closed and opened again; the first of every
 * thirteen runs in a process that is killed, where the storage is durable: by turns as soon as a
 * commit has been acknowledged, with nothing after it, and at any instant; an even seed begins with
 * the former. What each client does follows from the seed; how their calls fall together does not,
 * so a seed repeats the load and not every interleaving. Driven by one thread.
 */
final class HistoryRun {
  private static final int SEGMENT_CALLS = 200;
  private static final int KILLED_ONE_IN = 13;
  private static final int CALLS_BEFORE_THE_KILL = 100;
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration CHILD = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int SHOWN = 5;

  private final StorageTarget target;
  private final UnaryOperator<Storage> steady;
  private final BooleanSupplier stopped;
  private final long seed;
  private final AtomicInteger operations = new AtomicInteger();
  private final List<Storage> beside = new ArrayList<>();
  private Storage storage;
  private int segment;
  private int checked;

  /**
   * A run on a fresh registry.
   *
   * @param steady the storage for the run's own commits, between the segments: one whose sessions
   *     settle what is in doubt
   * @param stopped asked before each segment; once it is true, no other begins
   */
  HistoryRun(
      StorageTarget target, UnaryOperator<Storage> steady, BooleanSupplier stopped, long seed)
      throws StorageException {
    this.target = target;
    this.steady = steady;
    this.stopped = stopped;
    this.seed = seed;
    this.storage = target.open();
  }

  /**
   * Runs and checks segments.
   *
   * @param calls how many calls, at least, unless the time ends before
   * @param least how many calls, at least, however long they take
   * @return how many calls were checked
   * @throws AssertionError with the first violations, the seed, and the segment
   */
  int run(int calls, int least, Duration longest) throws Exception {
    Deadline end = Deadline.after(longest);
    try {
      while (!stopped.getAsBoolean()
          && (checked < least || (checked < calls && !end.hasPassed()))) {
        segment(Math.min(SEGMENT_CALLS, calls - checked));
      }
    } finally {
      close();
    }
    return checked;
  }

  private void segment(int calls) throws Exception {
    segment++;
    boolean durable = storage.capabilities().contains(Capability.DURABLE);
    State before = settled();
    List<Call> made = durable && segment % KILLED_ONE_IN == 1 ? killed() : inThisProcess(calls);
    if (durable && segment % 3 == 0) {
      reopen();
    }
    State after = fence();
    List<Violation> wrong =
        HistoryCheck.of(new History(before, made, after), Deadline.scaled(CALL.plus(GRACE)));
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          wrong.size()
              + " violations in segment "
              + segment
              + " of the history of seed "
              + seed
              + " (repeat with -Dregistrar.tck.seed="
              + seed
              + "):\n    "
              + String.join(
                  "\n    ", wrong.stream().limit(SHOWN).map(Violation::toString).toList()));
    }
    checked += made.size();
  }

  private List<Call> inThisProcess(int calls) throws Exception {
    Collection<Call> made = new ConcurrentLinkedQueue<>();
    boolean shared = storage.capabilities().contains(Capability.SHARED);
    while (shared && beside.size() < Workload.CLIENTS) {
      beside.add(target.open());
    }
    new Workload(
            new AtomicInteger(calls),
            operations,
            Recorder.into(made),
            Deadline.scaled(CALL),
            Workload.ACQUIRE_OFTEN)
        .run(
            shared ? beside : Collections.nCopies(Workload.CLIENTS, storage),
            seed * 1_000_003 + segment);
    return List.copyOf(made);
  }

  private List<Call> killed() throws Exception {
    close();
    boolean acknowledged = (segment / KILLED_ONE_IN + seed) % 2 == 0;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Integer.toString(acknowledged ? CALLS_BEFORE_THE_KILL : Integer.MAX_VALUE),
                Long.toString(seed * 1_000_003 + segment),
                Integer.toString(operations.get()),
                Long.toString(Deadline.scaled(CALL).toMillis())));
    arguments.addAll(target.toArguments());
    List<String> lines = new ArrayList<>();
    try (ChildJvm child =
        ChildJvm.start(HistoryProcess.class, CHILD, arguments.toArray(String[]::new))) {
      if (acknowledged) {
        String line = child.readLine();
        for (; !line.equals(HistoryProcess.LAST_WORD); line = child.readLine()) {
          lines.add(line);
        }
      } else {
        int left = 20 + new Random(seed + segment).nextInt(SEGMENT_CALLS);
        for (; left > 0; left--) {
          lines.add(child.readLine());
        }
      }
      child.kill();
      lines.addAll(child.drain());
    }
    storage = target.open();
    List<Call> calls = new ArrayList<>(callsOf(lines));
    // An acquire that was under way at the kill left no line, and may have fenced.
    long begun = calls.stream().mapToLong(Call::invoked).min().orElse(Call.NEVER);
    calls.add(new Call.AcquireFailed(0, begun, Call.NEVER));
    return calls;
  }

  private List<Call> callsOf(List<String> lines) {
    List<Call> calls = new ArrayList<>();
    Map<Integer, Call.Commit> commits = new LinkedHashMap<>();
    for (String line : lines) {
      if (!CallText.isWhole(line)) {
        continue; // cut by the kill, before its call was made or after it had ended
      }
      Call call = CallText.read(line);
      if (call instanceof Call.Commit commit) {
        commits.put(commit.op(), commit); // its end replaces its beginning
        operations.accumulateAndGet(commit.op(), Math::max);
      } else {
        calls.add(call);
      }
    }
    calls.addAll(commits.values());
    return calls;
  }

  private void reopen() throws StorageException {
    close();
    storage = target.open();
  }

  /** Everything that is open, whatever sessions are. */
  private void close() {
    beside.forEach(Storage::close);
    beside.clear();
    storage.close();
  }

  private State fence() throws StorageException {
    return State.of(storage.acquire("tck", Floor.NONE, Deadline.scaled(CALL)).snapshot());
  }

  /** Deletes the markers, and gives the state that the next segment begins with. */
  private State settled() throws StorageException {
    StorageSession session =
        steady.apply(storage).acquire("tck", Floor.NONE, Deadline.scaled(CALL));
    State old = State.of(session.snapshot());
    Batch.Builder batch = Batch.of(Header.of(Operation.text(0))).delete(Operation.marker(0));
    for (Integer op : old.markers().keySet()) {
      RecordKey marker = Operation.marker(op);
      batch.delete(marker);
    }
    session.commit(batch.build(), Deadline.scaled(CALL));
    return State.of(storage.read(Deadline.scaled(CALL)));
  }
}
