package io.registrar.tck.fault;

import org.opentest4j.TestAbortedException;

/**
 * This machine does not let a test cause the fault that it needs, for the reason in the message:
 * the test is shown as aborted, never as passed.
 */
public final class FaultNotAvailable extends TestAbortedException {
  private static final long serialVersionUID = 1L;

  public FaultNotAvailable(String message) {
    super(message);
  }

  public FaultNotAvailable(String message, Throwable cause) {
    super(message, cause);
  }
}
