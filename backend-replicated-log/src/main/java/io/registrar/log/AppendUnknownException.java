package io.registrar.log;

import org.jspecify.annotations.Nullable;

/**
 * The entry may have been appended or not. This writer is over; a new one reads the log to find
 * out, and that answer never changes.
 */
public final class AppendUnknownException extends LogException {
  private static final long serialVersionUID = 1L;

  AppendUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
