package io.registrar.log.net;

/** A connection is not taken. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  RefusedException(Refusal refusal, String why) {
    super(why);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
