package io.registrar.log.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;

/** How a connection ended, in words. */
final class Failures {
  /** A chain of causes that is longer tells nothing more. */
  private static final int MOST_CAUSES = 5;

  private Failures() {}

  /** Whether the other host has said that nobody listens at the port that was dialed. */
  static boolean isRefused(IOException failure) {
    return failure instanceof ConnectException
        && String.valueOf(failure.getMessage())
            .toLowerCase(Locale.ROOT)
            .contains("connection refused");
  }

  static String describe(IOException failure) {
    if (failure instanceof EOFException && failure.getMessage() == null) {
      return "the connection was closed from the other side";
    }
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String message = cause.getMessage();
      String said = message == null ? cause.getClass().getSimpleName() : message;
      if (text.indexOf(said) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(said);
      }
      cause = cause.getCause();
    }
    return text.toString();
  }
}
