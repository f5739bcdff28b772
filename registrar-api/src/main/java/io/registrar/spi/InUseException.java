package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * Another process has what only one may open (rule 6.3). The message names what holds it. Thrown by
 * {@link StorageProvider#open} alone: an open storage that loses its engine to another process
 * reports {@link UnavailableException}, or {@link CommitUnknownException} for a commit in doubt.
 */
public final class InUseException extends StorageException {
  private static final long serialVersionUID = 1L;

  public InUseException(String message) {
    this(message, null);
  }

  public InUseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
