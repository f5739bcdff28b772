package io.registrar.log;

import org.jspecify.annotations.Nullable;

/** The call certainly had no effect: no majority was reached in time. Try again. */
public final class LogUnavailableException extends LogException {
  private static final long serialVersionUID = 1L;

  LogUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
