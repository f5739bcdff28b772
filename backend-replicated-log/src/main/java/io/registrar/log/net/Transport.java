package io.registrar.log.net;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** How connections are made and accepted: in the clear, or with mutual TLS. Thread-safe. */
interface Transport {
  /** Refuses an address to listen at that this security does not allow. */
  void checkListen(InetSocketAddress address) throws IOException;

  /** Refuses a resolved address to dial that this security does not allow. */
  void checkDial(InetSocketAddress address) throws IOException;

  /**
   * Has a connection made in this way.
   *
   * @param to who must answer; empty if any member may
   */
  void secure(NettyChannelBuilder channel, Optional<MemberId> to) throws IOException;

  /** Has the server accept connections in this way. */
  void secure(NettyServerBuilder server) throws IOException;

  /**
   * The members that the certificate shown on an accepted connection speaks for; empty where there
   * is no TLS.
   *
   * @throws RefusedException the certificate is not trusted any more
   */
  Optional<Set<MemberId>> certified(@Nullable SSLSession session) throws RefusedException;
}
