package io.registrar.log.net;

import java.io.IOException;

/** The transport that a security asks for. */
final class Transports {
  private Transports() {}

  static Transport of(Security security) throws IOException {
    if (security instanceof Security.MutualTls) {
      throw new IOException("TLS is not there yet");
    }
    return new PlainTransport(
        security instanceof Security.Insecure
            ? PlainTransport.Reach.ANYWHERE
            : PlainTransport.Reach.LOOPBACK);
  }
}
