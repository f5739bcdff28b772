package io.registrar.log.sim;

import java.util.PriorityQueue;

/**
 * Virtual time and everything that is still to happen, in one queue. What falls on the same
 * millisecond happens in an order drawn from the seed, so that no run can come to depend on the
 * order in which things were put in.
 */
final class Schedule {
  private record Entry(long time, long tie, long sequence, Runnable what)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      if (time != other.time) {
        return Long.compare(time, other.time);
      }
      return tie != other.tie
          ? Long.compare(tie, other.tie)
          : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private final long seed;
  private long now;
  private long sequence;

  Schedule(long seed) {
    this.seed = seed;
  }

  /** Virtual milliseconds since the run began. */
  long now() {
    return now;
  }

  void after(long millis, Runnable what) {
    at(now + Math.max(0, millis), what);
  }

  void at(long time, Runnable what) {
    long tie = Chance.mix(seed, sequence, time, 7);
    queue.add(new Entry(Math.max(now, time), tie, sequence++, what));
  }

  /**
   * Lets the next thing happen, unless it lies beyond {@code until}; then time stands at {@code
   * until} and nothing happens.
   */
  boolean step(long until) {
    Entry next = queue.peek();
    if (next == null || next.time() > until) {
      now = Math.max(now, until);
      return false;
    }
    queue.poll();
    now = next.time();
    next.what().run();
    return true;
  }
}
