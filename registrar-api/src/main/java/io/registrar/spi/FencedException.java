package io.registrar.spi;

import org.jspecify.annotations.Nullable;

/**
 * A later {@code acquire} has taken over: this session is over for good, and the call had no effect
 * (rule 3.3). Whoever led by it leads no more.
 */
public final class FencedException extends StorageException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    this(message, null);
  }

  public FencedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
