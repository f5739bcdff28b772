package io.registrar.log.net;

import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The listening side: gRPC behind the gate. */
final class PeerServer {
  /** A member needs one stream, a client a few. */
  private static final int MOST_STREAMS = 16;

  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int MOST_RESETS = 200;
  private static final int RESETS_SECONDS = 10;

  private final Server server;

  private PeerServer(Server server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @throws IOException it cannot, or may not, listen there; says where
   */
  static PeerServer start(
      NetworkOptions options,
      Transport transport,
      ConnectionGate gate,
      EventLoopGroup loops,
      OversizedWatch watch,
      ServerCallHandler<PeerMessage, PeerMessage> peers,
      Optional<ClientEntrance> clients)
      throws IOException {
    transport.checkListen(options.listen());
    QuietTransport.ensure();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(options.listen())
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelFactory(() -> new GatedServerChannel(gate))
            .directExecutor()
            .maxInboundMessageSize(options.limits().frameBytes() + PeerMessageMarshaller.OVERHEAD)
            .maxInboundMetadataSize(PeerProtocol.HEADER_BYTES)
            .maxConcurrentCallsPerConnection(MOST_STREAMS)
            .maxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS)
            // A client may wait for changes for hours; one whose machine is gone must not.
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .flowControlWindow(Dialing.WINDOW_BYTES)
            .addStreamTracerFactory(watch);
    transport.secure(builder);
    builder.addService(
        ServerServiceDefinition.builder(PeerProtocol.CONNECT.getServiceName())
            .addMethod(PeerProtocol.CONNECT, peers)
            .build());
    clients.ifPresent(
        entrance ->
            builder.addService(
                ServerServiceDefinition.builder(ClientProtocol.ASK.getServiceName())
                    .addMethod(ClientProtocol.ASK, entrance)
                    .build()));
    try {
      return new PeerServer(builder.build().start());
    } catch (IOException e) {
      String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new IOException(
          "member "
              + options.self().value()
              + " cannot listen at "
              + options.listen()
              + ": "
              + cause,
          e);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().get(0);
  }

  /** Stops listening, ends every call, and waits until that is done. */
  void close() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination(5, TimeUnit.SECONDS);
  }
}
