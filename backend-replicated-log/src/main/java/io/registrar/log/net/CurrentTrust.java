package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the authority that the file holds when a handshake is made. Members are known by their
 * place and not by their host, so whoever answers must name the place that was dialed. Thread-safe.
 */
final class CurrentTrust extends X509ExtendedTrustManager {
  private final Supplier<PemMaterial> source;
  private final Optional<MemberId> to;

  /**
   * Makes one.
   *
   * @param to who must answer; empty if any member may. Of no weight for whoever dials us
   */
  CurrentTrust(Supplier<PemMaterial> source, Optional<MemberId> to) {
    this.source = source;
    this.to = to;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    source.get().trust().checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    source.get().trust().checkServerTrusted(chain, type);
    Set<MemberId> named = MemberNames.of(chain[0]);
    boolean right = to.isPresent() ? named.contains(to.get()) : !named.isEmpty();
    if (!right) {
      throw new CertificateException(
          "the certificate shown is "
              + (named.isEmpty() ? "not a member's" : "for " + named)
              + ", not for "
              + to.map(MemberNames::nameOf).orElse("any member"));
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return source.get().trust().getAcceptedIssuers();
  }
}
