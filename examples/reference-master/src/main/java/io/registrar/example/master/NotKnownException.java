package io.registrar.example.master;

/**
 * What a standby was asked for cannot be found out now. The message says why; asking again later
 * may help.
 */
public final class NotKnownException extends Exception {
  private static final long serialVersionUID = 1L;

  NotKnownException(String message, Throwable cause) {
    super(message, cause);
  }

  NotKnownException(String message) {
    super(message);
  }
}
