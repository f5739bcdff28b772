package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * Stored bytes were found changed or lost (rule 7.1). Nothing is served from them: restore them
 * from a backup or another replica. The message names the place.
 */
public final class DamagedException extends StorageException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String message) {
    this(message, null);
  }

  public DamagedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
