package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * The batch may have taken effect or not, and the storage could not find out in time (rule 5.2).
 * The session is over; a new {@code acquire} tells what holds, and that answer never changes (rule
 * 5.3).
 */
public final class CommitUnknownException extends StorageException {
  private static final long serialVersionUID = 1L;

  public CommitUnknownException(String message) {
    this(message, null);
  }

  public CommitUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
