package io.registrar.log;

/** Another writer has begun: this one is over for good, and the call had no effect. */
public final class WriterLostException extends LogException {
  private static final long serialVersionUID = 1L;

  WriterLostException(String message) {
    super(message, null);
  }
}
