package io.registrar.example.master;

import org.jspecify.annotations.Nullable;

/** The master could not begin to lead. The message says what stood in the way, and what to do. */
public final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
