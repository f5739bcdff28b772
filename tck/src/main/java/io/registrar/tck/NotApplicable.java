package io.registrar.tck;

import org.opentest4j.TestAbortedException;

/** A rule does not bind this storage, or needs a fault that it does not offer: the reason. */
final class NotApplicable extends TestAbortedException {
  private static final long serialVersionUID = 1L;

  NotApplicable(String reason) {
    super("not applicable: " + reason);
  }
}
