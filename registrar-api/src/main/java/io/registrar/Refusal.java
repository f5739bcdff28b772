package io.registrar;

/**
 * Thrown by an {@link Operation} that refuses: nothing of it takes effect, the rest of its batch is
 * not disturbed, and its caller gets {@link Outcome.Refused} with this reason.
 */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final Cause reason;

  /** What sort of refusal it is, for programs; the message is for people. */
  public enum Cause {
    /** The record that it is about does not exist. */
    UNKNOWN,
    /** The record is in a state in which this cannot be done. */
    CONFLICT,
    /** Whoever asks may not have this, whatever the state of things. */
    FORBIDDEN,
    /** What was given is malformed or out of range. */
    INVALID,
    /** It is larger than the storage accepts. */
    LIMIT
  }

  /**
   * @param reason what sort of refusal it is
   * @param message one sentence: what was refused and why
   */
  public Refusal(Cause reason, String message) {
    super(message, null, false, false); // a decision, not a fault: no stack trace to pay for
    this.reason = reason;
  }

  /** What sort of refusal it is. */
  public Cause reason() {
    return reason;
  }

  /** The message, which is never null here. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
