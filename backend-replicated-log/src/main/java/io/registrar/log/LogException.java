package io.registrar.log;

import org.jspecify.annotations.Nullable;

/** How a call on a log failed: one class for each thing that the caller should do. */
public abstract sealed class LogException extends Exception
    permits WriterLostException,
        AppendUnknownException,
        LogUnavailableException,
        EntriesGoneException {
  private static final long serialVersionUID = 1L;

  LogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
