package io.registrar.log.replica;

import org.jspecify.annotations.Nullable;

/** The replica takes no part any more: it was closed, its store has failed, or it has stopped. */
public final class ReplicaEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what to do next, and the cause where there is one. */
  public ReplicaEndedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
