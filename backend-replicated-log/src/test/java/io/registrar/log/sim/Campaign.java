package io.registrar.log.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Many seeds on a few threads, each run on one thread of its own, until all are run, time is up or
 * five have failed.
 */
final class Campaign {
  private static final int ENOUGH_FAILURES = 5;
  private static final int INTERVAL_MINUTES = 5;
  private static final int MOST_INTERVALS = 24 * 60 / INTERVAL_MINUTES;

  private final long first;
  private final long seeds;
  private final Set<FaultClass> faults;
  private final long deadline;
  private final long began = System.nanoTime();
  private final long cpuBefore = cpu();
  private final Tally tally = new Tally();
  private final List<String> failures = new ArrayList<>();
  private long next;
  private long runs;
  private long events;
  private long virtualMillis;

  Campaign(long first, long seeds, Set<FaultClass> faults, long millis) {
    this.first = first;
    this.seeds = seeds;
    this.faults = faults;
    this.next = first;
    this.deadline =
        millis == Long.MAX_VALUE ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(began) + millis;
  }

  /**
   * Runs to the end.
   *
   * @param progress is called every few minutes
   */
  void run(int threads, Runnable progress) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      executor.execute(this::work);
    }
    executor.shutdown();
    try {
      int intervals = 0;
      while (!executor.awaitTermination(INTERVAL_MINUTES, TimeUnit.MINUTES)) {
        progress.run();
        if (++intervals == MOST_INTERVALS) {
          throw new IllegalStateException("a campaign that does not end");
        }
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    for (long seed = take(); seed >= 0; seed = take()) {
      try {
        add(seed, Simulation.run(seed, faults));
      } catch (RuntimeException | Error e) {
        fail(
            "seed "
                + seed
                + " breaks the simulator itself: "
                + e
                + " at "
                + List.of(e.getStackTrace()));
      }
    }
  }

  /** The next seed, which is then run whatever the time; -1 at the end. */
  private synchronized long take() {
    boolean goesOn =
        next < first + seeds
            && failures.size() < ENOUGH_FAILURES
            && TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) < deadline;
    return goesOn ? next++ : -1;
  }

  private void add(long seed, Result result) {
    synchronized (this) {
      runs++;
      events += result.events();
      virtualMillis += result.virtualMillis();
      tally.add(result.tally());
    }
    if (result.violation().isPresent()) {
      fail(Simulation.explain(seed, faults, result));
    }
  }

  private synchronized void fail(String text) {
    failures.add(text);
    System.out.println(text);
  }

  /** Milliseconds of processor time that this process has taken; 0 where that is not known. */
  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Seeds, events, virtual time, what was done to them, violations. */
  synchronized Figures figures(String faultsByName) {
    Map<String, Long> counts = new TreeMap<>(tally.counts());
    counts.put("messages", tally.messages());
    return new Figures(
        faultsByName,
        first,
        next - 1,
        runs,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
        cpu() - cpuBefore,
        events,
        virtualMillis,
        failures.size(),
        counts);
  }
}
