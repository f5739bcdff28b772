package io.registrar.log.net;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Mutual TLS 1.3, with the JDK's own implementation. */
final class TlsTransport implements Transport {
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

  /** Each connection has a context of its own, so that no earlier session is resumed. */
  @Override
  public void secure(NettyChannelBuilder channel, Optional<MemberId> to) throws IOException {
    SslContextBuilder context =
        SslContextBuilder.forClient()
            .keyManager(key)
            .trustManager(new CurrentTrust(files::current, to));
    channel.sslContext(build(context));
  }

  @Override
  public void secure(NettyServerBuilder server) throws IOException {
    SslContextBuilder context =
        SslContextBuilder.forServer(key)
            .trustManager(new CurrentTrust(files::current, Optional.empty()))
            .clientAuth(ClientAuth.REQUIRE);
    server.sslContext(build(context));
  }

  private static SslContext build(SslContextBuilder context) throws SSLException {
    return GrpcSslContexts.configure(context, SslProvider.JDK).protocols("TLSv1.3").build();
  }

  /** Looks at the certificate once more: a resumed session has not been looked at now. */
  @Override
  public Optional<Set<MemberId>> certified(@Nullable SSLSession session) throws RefusedException {
    if (session == null) {
      throw new RefusedException(Refusal.NOT_CERTIFIED, "it does not use TLS");
    }
    try {
      X509Certificate[] chain = (X509Certificate[]) session.getPeerCertificates();
      files.current().trust().checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return Optional.of(MemberNames.of(chain[0]));
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      throw new RefusedException(
          Refusal.NOT_CERTIFIED, "its certificate is not trusted: " + e.getMessage());
    }
  }
}
