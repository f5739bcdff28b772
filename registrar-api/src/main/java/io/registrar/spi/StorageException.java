package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * How a call on a storage failed: one class for each thing that the caller should do. The message
 * says what was tried, against what, for how long, and what to do next (rule 5.4).
 */
public abstract sealed class StorageException extends Exception
    permits LimitExceededException,
        UnavailableException,
        FencedException,
        CommitUnknownException,
        DamagedException,
        IncompatibleException,
        InUseException,
        ClosedException,
        NotSupportedException {
  private static final long serialVersionUID = 1L;

  StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
