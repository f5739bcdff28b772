package io.registrar.log.disk;

import java.io.IOException;

/**
 * The directory is in order, but not for this program or not for this member: another format, a
 * newer one, another member's, or no log at all. Nothing has been written.
 */
public final class IncompatibleStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  IncompatibleStoreException(String message) {
    super(message);
  }
}
