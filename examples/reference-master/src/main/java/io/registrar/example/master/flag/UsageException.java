package io.registrar.example.master.flag;

import org.jspecify.annotations.Nullable;

/** What was given to the program cannot be used. The message is a sentence that says why. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
