package io.registrar.log.disk;

import java.io.IOException;

/** The directory is open already, in this process or another. The message names both. */
public final class StoreInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreInUseException(String message) {
    super(message);
  }
}
