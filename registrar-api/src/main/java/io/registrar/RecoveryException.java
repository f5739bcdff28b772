package io.registrar;

import org.jspecify.annotations.Nullable;

/** The registrar could not be recovered. The message says what was found, where, and what to do. */
public final class RecoveryException extends RegistrarException {
  private static final long serialVersionUID = 1L;

  RecoveryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
