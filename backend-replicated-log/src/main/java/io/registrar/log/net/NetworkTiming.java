package io.registrar.log.net;

import java.time.Duration;

/**
 * How long a network waits for what.
 *
 * @param pulse after this long without a frame, a sign of life is sent
 * @param silence after this long without anything, a connection is given up
 * @param hello within which a new connection must have introduced itself
 * @param firstRetry before a connection that failed is dialed again; doubled with each failure
 * @param longestRetry the longest wait before dialing again
 */
public record NetworkTiming(
    Duration pulse, Duration silence, Duration hello, Duration firstRetry, Duration longestRetry) {
  /** A dead connection is noticed within 3 s, and dialed again every 2 s at the least. */
  public static final NetworkTiming DEFAULT =
      new NetworkTiming(
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofMillis(50),
          Duration.ofSeconds(2));

  /** Refuses lengths of time that contradict each other. */
  public NetworkTiming {
    if (pulse.toMillis() < 1
        || silence.compareTo(pulse.multipliedBy(2)) < 0
        || hello.toMillis() < 1
        || firstRetry.toMillis() < 1
        || longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "all above 1 ms, silence at least two pulses, longestRetry at least firstRetry");
    }
  }
}
