package io.registrar.record;

import java.time.Duration;
import java.util.Optional;

/**
 * How an agent is being emptied.
 *
 * @param state how far it is
 * @param maxGracePeriod how long each of its tasks may take to end, 0 or more; absent for as long
 *     as the task itself says
 * @param markGone whether it is to be marked gone once it is empty
 */
public record Drain(State state, Optional<Duration> maxGracePeriod, boolean markGone) {
  /** How far an agent is with being emptied. */
  public enum State {
    /** Tasks are still ending. */
    DRAINING,
    /** It is empty. */
    DRAINED
  }

  /**
   * @throws IllegalArgumentException if the state is missing or the grace period negative
   */
  public Drain {
    if (state == null) {
      throw new IllegalArgumentException("a drain has a state");
    }
    maxGracePeriod = maxGracePeriod == null ? Optional.empty() : maxGracePeriod;
    if (maxGracePeriod.isPresent() && maxGracePeriod.get().isNegative()) {
      throw new IllegalArgumentException(
          "a grace period is 0 or more; got " + maxGracePeriod.get());
    }
  }

  /** The same drain, done. */
  public Drain done() {
    return new Drain(State.DRAINED, maxGracePeriod, markGone);
  }
}
