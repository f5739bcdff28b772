package io.registrar.tck.history;

import io.registrar.spi.Storage;
import io.registrar.tck.StorageTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Long histories beside each other, each of a registry of its own and checked by itself: most of a
 * history is waiting for a disk or a server, and one fills the pauses of the other. The first has
 * the seed that is given, each further one the seed after it; any of them can be repeated by giving
 * its own. Immutable.
 *
 * @param targets fresh registries, one for each history
 * @param steady the storage for a history's own commits, between its segments: one whose sessions
 *     settle what is in doubt
 */
public record Histories(List<StorageTarget> targets, UnaryOperator<Storage> steady, long seed) {
  public Histories {
    targets = List.copyOf(targets);
  }

  /**
   * Runs and checks them, with equal shares of the calls. When one has failed, the others end with
   * the segment that they are in.
   *
   * @param calls how many calls all make together, at least, unless the time ends before
   * @param least how many calls all make together, at least, however long they take
   * @param longest after which no segment begins, unless {@code least} asks for it
   * @return how many calls were checked
   * @throws AssertionError of the first that failed, with its violations, its seed, and the segment
   */
  public int run(int calls, int least, Duration longest) throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(targets.size(), Histories::thread);
    try {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        StorageTarget target = targets.get(i);
        long itsSeed = seed + i;
        runs.add(
            threads.submit(
                untilOneFails(
                    failed,
                    () ->
                        new HistoryRun(target, steady, failed::get, itsSeed)
                            .run(share(calls), share(least), longest))));
      }
      return sum(runs);
    } finally {
      threads.shutdownNow();
    }
  }

  private int share(int calls) {
    return (calls + targets.size() - 1) / targets.size();
  }

  private static Callable<Integer> untilOneFails(AtomicBoolean failed, Callable<Integer> run) {
    return () -> {
      boolean ended = false;
      try {
        int checked = run.call();
        ended = true;
        return checked;
      } finally {
        if (!ended) {
          failed.set(true);
        }
      }
    };
  }

  /** Waits for all of them, so that nobody still uses a registry when the test is over. */
  private static int sum(List<Future<Integer>> runs) throws Exception {
    int checked = 0;
    List<Throwable> failures = new ArrayList<>();
    for (Future<Integer> run : runs) {
      try {
        checked += run.get();
      } catch (ExecutionException e) {
        failures.add(Objects.requireNonNullElse(e.getCause(), e));
      }
    }
    if (failures.isEmpty()) {
      return checked;
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw (Exception) first;
  }

  private static Thread thread(Runnable history) {
    Thread thread = new Thread(history, "tck-history");
    thread.setDaemon(true);
    return thread;
  }
}
