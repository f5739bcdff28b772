package io.registrar.example.master.http;

/** A request that only the leader can answer has come to a master that does not lead. */
final class NotLeadingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotLeadingException() {
    super("this master does not lead", null, false, false); // no fault: no stack trace to pay for
  }
}
