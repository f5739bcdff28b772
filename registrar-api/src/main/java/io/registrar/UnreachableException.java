package io.registrar;

import org.jspecify.annotations.Nullable;

/**
 * The storage could not be reached, or not in time; the call certainly had no effect, now or later.
 * The registrar still leads as far as it knows: try again.
 */
public final class UnreachableException extends RegistrarException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
