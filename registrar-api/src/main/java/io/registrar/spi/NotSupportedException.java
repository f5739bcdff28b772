package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/** The call belongs to a {@link Capability} that this storage does not declare (rule 10). */
public final class NotSupportedException extends StorageException {
  private static final long serialVersionUID = 1L;

  public NotSupportedException(String message) {
    this(message, null);
  }

  public NotSupportedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
