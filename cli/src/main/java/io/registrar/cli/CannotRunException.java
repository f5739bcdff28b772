package io.registrar.cli;

import org.jspecify.annotations.Nullable;

/** A verb cannot do what it was asked. The message says why, and what to do next. */
public final class CannotRunException extends Exception {
  private static final long serialVersionUID = 1L;

  public CannotRunException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
