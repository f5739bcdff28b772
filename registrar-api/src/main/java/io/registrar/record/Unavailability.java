package io.registrar.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time during which a machine will not be there.
 *
 * @param start from when
 * @param duration for how long, 0 or more; absent for an end that is not known
 */
public record Unavailability(Instant start, Optional<Duration> duration) {
  /**
   * @throws IllegalArgumentException if the start is missing or the duration negative
   */
  public Unavailability {
    if (start == null) {
      throw new IllegalArgumentException("an unavailability has a start");
    }
    duration = duration == null ? Optional.empty() : duration;
    if (duration.isPresent() && duration.get().isNegative()) {
      throw new IllegalArgumentException(
          "an unavailability's duration is 0 or more; got " + duration.get());
    }
  }
}
