package io.registrar.log.sim;

import java.util.List;
import java.util.Optional;

/** Plays a replay on the protocol as it is. */
public final class TrueProtocol {
  private TrueProtocol() {}

  /** What the replay breaks, if anything. */
  public static Optional<String> violation(List<String> replay) {
    return Replay.parse(replay).run(0).violation().map(Throwable::getMessage);
  }
}
