package io.registrar.log.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many seeds on a few threads, each run on one thread of its own, until all are run, time is up or
 * five have failed.
 */
final class Campaign {
  private static final int ENOUGH_FAILURES = 5;

  private final long first;
  private final long seeds;
  private final Set<FaultClass> faults;
  private final long deadline;
  private final long began = System.nanoTime();
  private final AtomicLong next;
  private final Tally tally = new Tally();
  private final List<String> failures = new ArrayList<>();
  private long runs;
  private long events;
  private long virtualMillis;
  private long lastFailure = -1;

  Campaign(long first, long seeds, Set<FaultClass> faults, long millis) {
    this.first = first;
    this.seeds = seeds;
    this.faults = faults;
    this.next = new AtomicLong(first);
    this.deadline =
        millis == Long.MAX_VALUE ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(began) + millis;
  }

  void run(int threads) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      executor.execute(this::work);
    }
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.DAYS)) {
        throw new IllegalStateException("a campaign that does not end");
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    for (long seed = next.getAndIncrement();
        seed < first + seeds && goesOn();
        seed = next.getAndIncrement()) {
      try {
        add(seed, Simulation.run(seed, faults));
      } catch (RuntimeException | Error e) {
        fail(
            seed,
            "seed "
                + seed
                + " breaks the simulator itself: "
                + e
                + " at "
                + List.of(e.getStackTrace()));
      }
    }
  }

  private synchronized boolean goesOn() {
    return failures.size() < ENOUGH_FAILURES
        && TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) < deadline;
  }

  private void add(long seed, Result result) {
    synchronized (this) {
      runs++;
      events += result.events();
      virtualMillis += result.virtualMillis();
      tally.add(result.tally());
    }
    if (result.violation().isPresent()) {
      fail(seed, Simulation.explain(seed, faults, result));
    }
  }

  private synchronized void fail(long seed, String text) {
    lastFailure = Math.max(lastFailure, seed);
    failures.add(text);
    System.out.println(text);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Seeds, events, virtual time, what was done to them, violations. */
  synchronized String report() {
    double seconds = (System.nanoTime() - began) / 1e9;
    return String.format(
        "simulated %,d seeds from %d (faults %s) in %.1f s (%.0f a second): %,d events, %,d messages, %.1f hours of virtual time, %d violations%s%n  %s",
        runs,
        first,
        faults,
        seconds,
        runs / seconds,
        events,
        tally.messages(),
        virtualMillis / 3_600_000.0,
        failures.size(),
        lastFailure < 0 ? "" : ", the last at seed " + lastFailure,
        tally);
  }
}
