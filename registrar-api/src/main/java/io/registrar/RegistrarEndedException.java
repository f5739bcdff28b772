package io.registrar;

/**
 * The registrar has ended, and the call had no effect. {@link #termination()} says why: after
 * anything but a close, the master should stop itself.
 */
public final class RegistrarEndedException extends RegistrarException {
  private static final long serialVersionUID = 1L;

  private final transient Termination termination;

  RegistrarEndedException(Termination termination) {
    super(
        "the registrar has ended: " + termination.explanation(), termination.cause().orElse(null));
    this.termination = termination;
  }

  /** Why the registrar ended. */
  public Termination termination() {
    return termination;
  }
}
