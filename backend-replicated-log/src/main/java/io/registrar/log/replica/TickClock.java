package io.registrar.log.replica;

import java.time.Duration;

/**
 * Says how many ticks have gone by. After a pause it gives every one that was missed, so that a
 * lease held meanwhile is seen to be over.
 */
final class TickClock {
  /** So many are a pause as good as endless: every length in Timing is far shorter. */
  private static final int MOST = 100_000;

  /** Who else might have acted during a pause. */
  enum Company {
    /** Nobody: a pause means nothing. */
    ALONE,
    /** Other members. */
    OTHERS
  }

  private final long tick;
  private long next;

  TickClock(Duration tick, long now) {
    this.tick = tick.toNanos();
    this.next = now + this.tick;
  }

  long nanosLeft(long now) {
    return Math.max(0, next - now);
  }

  int due(long now, Company company) {
    if (now - next < 0) {
      return 0;
    }
    long missed = (now - next) / tick + 1;
    next += missed * tick;
    return company == Company.ALONE ? 1 : (int) Math.min(missed, MOST);
  }
}
