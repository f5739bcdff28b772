package io.registrar.log.sim;

import java.util.function.Function;

/**
 * Plays a replay, and tells what it breaks; nothing if it breaks nothing. Loaded around a protocol
 * that is broken on purpose, it plays it on that.
 */
public final class PlayedReplay implements Function<String, String> {
  @Override
  public String apply(String replay) {
    return Replay.parse(replay.lines().toList())
        .run(0)
        .violation()
        .map(Throwable::getMessage)
        .orElse("");
  }
}
