package io.registrar.log.net;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Makes channels of one connection each. Thread-safe. */
final class Dialing {
  /**
   * What may be under way on one connection unasked; enough for 80 MB a second over 10 ms, and all
   * that a stranger can make us hold.
   */
  static final int WINDOW_BYTES = 1 << 20;

  private final Transport transport;
  private final EventLoopGroup loops;
  private final NetworkLimits limits;
  private final NetworkTiming timing;

  Dialing(Transport transport, EventLoopGroup loops, NetworkLimits limits, NetworkTiming timing) {
    this.transport = transport;
    this.loops = loops;
    this.limits = limits;
    this.timing = timing;
  }

  /**
   * Resolves the host's name, which may block.
   *
   * @param attempt takes the host's addresses in turn
   * @throws IOException there is no such host
   */
  static InetSocketAddress resolve(InetSocketAddress told, int attempt) throws IOException {
    InetAddress[] hosts = InetAddress.getAllByName(told.getHostString());
    return new InetSocketAddress(hosts[Math.floorMod(attempt, hosts.length)], told.getPort());
  }

  /**
   * Prepares a channel.
   *
   * @param to who must answer; empty if any member may
   * @throws IOException the address may not be dialed; says why
   */
  ManagedChannel open(Optional<MemberId> to, InetSocketAddress address) throws IOException {
    transport.checkDial(address);
    NettyChannelBuilder channel =
        NettyChannelBuilder.forAddress(address)
            .eventLoopGroup(loops)
            .channelType(NioSocketChannel.class, InetSocketAddress.class)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timing.hello().toMillis())
            .directExecutor()
            .maxInboundMessageSize(limits.frameBytes() + PeerMessageMarshaller.OVERHEAD)
            .maxInboundMetadataSize(PeerProtocol.HEADER_BYTES)
            .flowControlWindow(WINDOW_BYTES)
            // Members are reached directly, whatever the environment says about proxies.
            .proxyDetector(target -> null)
            .disableRetry();
    transport.secure(channel, to);
    return channel.build();
  }
}
