package io.registrar;

import org.jspecify.annotations.Nullable;

/**
 * How a call on a registrar failed: one class for each thing that the caller should do. A refusal
 * is no failure; see {@link Outcome.Refused}.
 */
public abstract sealed class RegistrarException extends Exception
    permits BusyException,
        UnreachableException,
        OutcomeUnknownException,
        RegistrarEndedException,
        RecoveryException {
  private static final long serialVersionUID = 1L;

  RegistrarException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
