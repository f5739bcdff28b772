package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Mutual TLS 1.3, with the JDK's own implementation. Each connection has a context of its own, so
 * that no earlier session is resumed: every certificate is looked at under the authority of now.
 */
final class TlsTransport implements Transport {
  private static final String[] VERSIONS = {"TLSv1.3"};

  private final PemFiles files;
  private final CurrentKey key;

  TlsTransport(PemFiles files) {
    this.files = files;
    this.key = new CurrentKey(files::current);
  }

  @Override
  public void checkListen(InetSocketAddress address) throws IOException {
    checkResolved(address);
  }

  @Override
  public void checkDial(InetSocketAddress address) throws IOException {
    checkResolved(address);
  }

  private static void checkResolved(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("the host " + address.getHostString() + " is not known");
    }
  }

  @Override
  public Socket dialed(Socket connected, Optional<MemberId> to) throws IOException {
    SSLSocket socket = over(connected, to);
    socket.setUseClientMode(true);
    socket.startHandshake();
    return socket;
  }

  @Override
  public Socket accepted(Socket connected) throws IOException {
    SSLSocket socket = over(connected, Optional.empty());
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(true);
    socket.startHandshake();
    return socket;
  }

  private SSLSocket over(Socket connected, Optional<MemberId> to) throws IOException {
    SSLSocketFactory factory;
    try {
      SSLContext context = SSLContext.getInstance(VERSIONS[0]);
      context.init(
          new KeyManager[] {key}, new TrustManager[] {new CurrentTrust(files::current, to)}, null);
      factory = context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no " + VERSIONS[0], e);
    }
    SSLSocket socket =
        (SSLSocket)
            factory.createSocket(
                connected, connected.getInetAddress().getHostAddress(), connected.getPort(), true);
    socket.setEnabledProtocols(VERSIONS);
    return socket;
  }

  @Override
  public Optional<Set<MemberId>> certified(Socket accepted) throws IOException {
    if (accepted instanceof SSLSocket socket
        && socket.getSession().getPeerCertificates()[0] instanceof X509Certificate shown) {
      return Optional.of(MemberNames.of(shown));
    }
    throw new IOException("it has shown no certificate");
  }
}
