package io.registrar.log.net;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps gRPC's transport from writing a stack to the log whenever a stranger sends bytes that are
 * not HTTP/2 or a message over the limit. Both are counted, and told in one line, here. Whoever has
 * set a level for that logger keeps it.
 */
final class QuietTransport {
  /** Held, because a logger that nobody holds is forgotten together with its level. */
  private static final Logger TRANSPORT = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

  private QuietTransport() {}

  static void ensure() {
    if (TRANSPORT.getLevel() == null) {
      TRANSPORT.setLevel(Level.SEVERE);
    }
  }
}
