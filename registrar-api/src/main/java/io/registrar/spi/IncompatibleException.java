package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * What is stored, or how the engine is set up, does not fit this program: another format, a newer
 * feature level, a setting that would break the contract (rules 7.2, 7.4).
 */
public final class IncompatibleException extends StorageException {
  private static final long serialVersionUID = 1L;

  public IncompatibleException(String message) {
    this(message, null);
  }

  public IncompatibleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
