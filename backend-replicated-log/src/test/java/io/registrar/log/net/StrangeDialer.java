package io.registrar.log.net;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks the protocol, and says whatever it is told to. */
final class StrangeDialer implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Dialing dialing;

  private StrangeDialer(Transport transport) {
    this.dialing = new Dialing(transport, loops, NetworkLimits.DEFAULT, TestPeer.QUICK);
  }

  static StrangeDialer with(Security security) throws IOException {
    return new StrangeDialer(Transports.of(security, Optional.empty()));
  }

  /** Introduces itself under this place; gives back how the stream ended. */
  String connectAs(int id, InetSocketAddress to) throws IOException {
    Member member = new Member(new MemberId(id), new Incarnation(1));
    Hello hello = new Hello(new Introduction(member, Optional.of(TestPeer.OURS)), Map.of());
    return connect(PeerProtocol.headers(hello), to);
  }

  String connect(Metadata headers, InetSocketAddress to) throws IOException {
    ManagedChannel channel = dialing.open(Optional.empty(), to, 0);
    CompletableFuture<String> end = new CompletableFuture<>();
    ClientCall<PeerMessage, PeerMessage> call =
        channel.newCall(PeerProtocol.CONNECT, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status.toString());
          }
        },
        headers);
    call.request(1);
    try {
      return end.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the stream did not end", e);
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
