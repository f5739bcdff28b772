package io.registrar.example.master.metric;

import java.util.Arrays;

/** How often something happened a second, over the last ten whole seconds. Thread-safe. */
final class RecentRate {
  private static final int SECONDS = 10;
  private static final long SECOND_NANOS = 1_000_000_000L;

  // One more than is counted: the second that has not ended yet.
  private final long[] counts = new long[SECONDS + 1];
  private long second = System.nanoTime() / SECOND_NANOS;

  synchronized void add(long times) {
    counts[slot(now())] += times;
  }

  synchronized double perSecond() {
    long running = counts[slot(now())];
    return (Arrays.stream(counts).sum() - running) / (double) SECONDS;
  }

  private long now() {
    long now = System.nanoTime() / SECOND_NANOS;
    for (long passed = Math.max(second, now - counts.length) + 1; passed <= now; passed++) {
      counts[slot(passed)] = 0;
    }
    second = now;
    return now;
  }

  private int slot(long ofSecond) {
    return (int) Math.floorMod(ofSecond, (long) counts.length);
  }
}
