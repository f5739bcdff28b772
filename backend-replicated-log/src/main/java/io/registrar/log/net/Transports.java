package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.util.Optional;

/** The transport that a security asks for. */
final class Transports {
  private Transports() {}

  /**
   * Makes it.
   *
   * @param self whom the certificate must name; empty for a client
   * @throws IOException the certificate, key or authority cannot be used; says why
   */
  static Transport of(Security security, Optional<MemberId> self) throws IOException {
    if (security instanceof Security.MutualTls files) {
      return new TlsTransport(new PemFiles(files, self));
    }
    return new PlainTransport(
        security instanceof Security.Insecure
            ? PlainTransport.Reach.ANYWHERE
            : PlainTransport.Reach.LOOPBACK);
  }
}
