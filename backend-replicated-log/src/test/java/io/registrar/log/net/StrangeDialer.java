package io.registrar.log.net;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks the protocol, and says whatever it is told to. */
final class StrangeDialer implements AutoCloseable {
  private static final MethodDescriptor<byte[], byte[]> CONNECT =
      PeerProtocol.CONNECT.toBuilder(new Raw(), new Raw()).build();

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Dialing dialing;

  private StrangeDialer(Transport transport) {
    NetworkLimits large = new NetworkLimits(64 << 20, 64 << 20, 1, 1, 1);
    this.dialing = new Dialing(transport, loops, large, TestPeer.QUICK);
  }

  static StrangeDialer with(Security security) throws IOException {
    return new StrangeDialer(Transports.of(security, Optional.empty()));
  }

  /** Introduces itself under this place; gives back how the stream ended. */
  String connectAs(int id, InetSocketAddress to) throws IOException {
    return connect(hello(id), to);
  }

  static Metadata hello(int id) {
    Member member = new Member(new MemberId(id), new Incarnation(1));
    return PeerProtocol.headers(
        new Hello(new Introduction(member, Optional.of(TestPeer.OURS)), Map.of()));
  }

  /** Sends these headers and messages; gives back how the stream ended. */
  String connect(Metadata headers, InetSocketAddress to, byte[]... messages) throws IOException {
    ManagedChannel channel = dialing.open(Optional.empty(), to);
    CompletableFuture<String> end = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call = channel.newCall(CONNECT, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status.toString());
          }
        },
        headers);
    call.request(1_000_000);
    for (byte[] message : messages) {
      call.sendMessage(message);
    }
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

  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
