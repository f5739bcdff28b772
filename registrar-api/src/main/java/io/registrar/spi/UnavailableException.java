package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * The storage could not be reached, or not in time. A commit that ends so certainly had no effect
 * and never will (rule 5.1), and the session goes on: try again. An {@code acquire} that ends so
 * leaves no session, but may have fenced earlier ones.
 */
public final class UnavailableException extends StorageException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    this(message, null);
  }

  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
