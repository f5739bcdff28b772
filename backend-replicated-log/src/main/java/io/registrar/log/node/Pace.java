package io.registrar.log.node;

import io.registrar.log.paxos.Timing;
import java.time.Duration;

/**
 * How quickly a lost coordinator is noticed.
 *
 * @param election after which another may be elected, counted from the last heartbeat that was
 *     received; three quarters of it is the lease that a coordinator counts for itself, so that
 *     clocks may differ in rate by a quarter
 * @param heartbeat between two heartbeats; at most a quarter of {@code election}
 */
public record Pace(Duration election, Duration heartbeat) {
  /** One that is cut off is replaced in little more than a second; one that dies, at once. */
  public static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofMillis(100));

  private static final int TICKS_A_HEARTBEAT = 4;

  /** Refuses what cannot work. */
  public Pace {
    if (heartbeat.toMillis() < 20 || heartbeat.multipliedBy(4).compareTo(election) > 0) {
      throw new IllegalArgumentException(
          "a heartbeat takes 20 ms at least, and a quarter of the election timeout at most; got "
              + heartbeat
              + " and "
              + election);
    }
  }

  /** How long a tick is. */
  public Duration tick() {
    return heartbeat.dividedBy(TICKS_A_HEARTBEAT);
  }

  /** The lengths that count ticks. */
  public Timing timing() {
    int whole = ticks(election);
    int grace = whole / 4;
    // A lost message is sent again soon, however long an election may take.
    int retry = Math.max(2, Math.min(whole / 6, ticks(Duration.ofSeconds(1))));
    return new Timing(
        TICKS_A_HEARTBEAT,
        whole - grace,
        grace,
        retry,
        retry,
        ticks(Duration.ofMillis(500)),
        ticks(Duration.ofSeconds(3).plus(election)),
        ticks(Duration.ofSeconds(60)));
  }

  private int ticks(Duration length) {
    return (int) Math.max(1, Math.min(1_000_000, length.dividedBy(tick())));
  }
}
