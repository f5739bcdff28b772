package io.registrar.example.master.http;

/** A request that cannot be answered as asked; the message says what was wrong and what to do. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status to answer with
   * @param message one sentence
   */
  RequestException(int status, String message) {
    super(message, null, false, false); // the client's doing: no stack trace to pay for
    this.status = status;
  }

  static RequestException malformed(String message) {
    return new RequestException(400, message);
  }

  int status() {
    return status;
  }
}
