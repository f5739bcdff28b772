package io.registrar.log.net;

import io.grpc.Status;
import java.net.ConnectException;
import java.util.Locale;

/** How a call ended, in words. */
final class Failures {
  /** A chain of causes that is longer tells nothing more. */
  private static final int MOST_CAUSES = 5;

  private Failures() {}

  /** Whether the other host has said that nobody listens at the port that was dialed. */
  static boolean isRefused(Status status) {
    Throwable cause = status.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof ConnectException) {
        String message = String.valueOf(cause.getMessage());
        return message.toLowerCase(Locale.ROOT).contains("connection refused");
      }
      cause = cause.getCause();
    }
    return false;
  }

  static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ").append(status.getDescription());
    }
    Throwable cause = status.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String message = cause.getMessage();
      text.append(": ").append(message == null ? cause.getClass().getSimpleName() : message);
      cause = cause.getCause();
    }
    return text.toString();
  }
}
