package io.registrar.log.net;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks members, from outside the ensemble. Thread-safe.
 *
 * <pre>{@code
 * try (LogClient client = LogClient.open(new Security.LoopbackOnly());
 *     ClientAnswer answer = client.ask(member, new ClientRequest.Status())) {
 *   Optional<Bytes> part = answer.next(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class LogClient implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("log-client", true), NioIoHandler.newFactory());
  private final Dialing dialing;

  private LogClient(Transport transport) {
    dialing = new Dialing(transport, loops, NetworkLimits.DEFAULT, NetworkTiming.DEFAULT);
  }

  /**
   * Makes a client, which connects to nobody yet.
   *
   * @param security with TLS: any certificate of the members' authority
   * @throws IOException the certificate, key or authority cannot be used; says why
   */
  public static LogClient open(Security security) throws IOException {
    return new LogClient(Transports.of(security, Optional.empty()));
  }

  /**
   * Asks a member; the request is on its way when this returns. Close the answer. Looking up the
   * host's name may block.
   *
   * @throws IOException there is no such host, or it may not be dialed; says which
   */
  public ClientAnswer ask(InetSocketAddress member, ClientRequest request) throws IOException {
    int attempt = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    ManagedChannel channel = dialing.open(Optional.empty(), Dialing.resolve(member, attempt));
    Metadata headers = new Metadata();
    headers.put(ClientProtocol.REQUEST, ClientRequestCodec.write(request));
    return new ClientAnswer(
        member,
        channel,
        channel.<Bytes, Bytes>newCall(ClientProtocol.ASK, CallOptions.DEFAULT),
        headers);
  }

  /** Ends every answer. Idempotent. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
