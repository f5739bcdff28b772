package io.registrar;

import org.jspecify.annotations.Nullable;

/**
 * The operation may or may not have taken effect, and the registrar has ended. A new recovery, by
 * this master after a restart or by another, tells what holds.
 */
public final class OutcomeUnknownException extends RegistrarException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
