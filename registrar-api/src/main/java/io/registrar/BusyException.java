package io.registrar;

import org.jspecify.annotations.Nullable;

/**
 * As many operations wait as the registrar lets queue; this one was not accepted and has no effect.
 * Back off, then try again.
 */
public final class BusyException extends RegistrarException {
  private static final long serialVersionUID = 1L;

  BusyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
