package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * The feed, snapshot, session or storage had been closed before the call, which had no effect (rule
 * 6.1).
 */
public final class ClosedException extends StorageException {
  private static final long serialVersionUID = 1L;

  public ClosedException(String message) {
    this(message, null);
  }

  public ClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
