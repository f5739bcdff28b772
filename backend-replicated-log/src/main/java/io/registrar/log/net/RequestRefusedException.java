package io.registrar.log.net;

import java.io.IOException;

/** A member does not do what a client asks, and says why and what to do instead. */
public final class RequestRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  /** With a sentence for the person who asked. */
  public RequestRefusedException(String why) {
    super(why);
  }
}
