package io.registrar.log.paxos;

import java.util.Optional;

/**
 * What the store knows about itself when a replica is restored.
 *
 * @param kind what happened
 * @param ensemble the ensemble that the log belonged to, where that is still known (from a damaged
 *     store, or from the registry's witness): one that had begun, not one of a record that was only
 *     held, for whoever holds its record begins on this word. Such a replica founds no other
 */
public record Damage(Kind kind, Optional<EnsembleId> ensemble) {
  /** What happened to a store. */
  public enum Kind {
    /** Nothing: what is handed over is what was written, or there was never anything. */
    NONE,
    /**
     * Synced records are lost, altered or set back, or the log has vanished beside its witness. To
     * be said at every start until the store holds a record of its own again: a crash may come
     * before the first ones are synced.
     */
    LOST
  }

  /** A store in order, or a new one. */
  public static Damage none() {
    return new Damage(Kind.NONE, Optional.empty());
  }

  /** A lost, damaged or set-back store, which has been set aside. */
  public static Damage lost(Optional<EnsembleId> ensemble) {
    return new Damage(Kind.LOST, ensemble);
  }
}
