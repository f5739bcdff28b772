package io.registrar.log.net;

import io.grpc.Status;

/** How a call ended, in words. */
final class Failures {
  /** A chain of causes that is longer tells nothing more. */
  private static final int MOST_CAUSES = 5;

  private Failures() {}

  static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ").append(status.getDescription());
    }
    Throwable cause = status.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      text.append(": ").append(cause.getMessage());
      cause = cause.getCause();
    }
    return text.toString();
  }
}
