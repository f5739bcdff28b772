package io.registrar.log.net;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.registrar.log.paxos.Bytes;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where clients' requests come in: one for each connection, and each on a thread of its own, of
 * which there are a bounded number. With TLS the certificate must be one of the authority; it need
 * not name a member.
 */
final class ClientEntrance implements ServerCallHandler<Bytes, Bytes> {
  private static final long IDLE_SECONDS = 10;

  private final ClientRequests requests;
  private final Transport transport;
  private final ConnectionGate gate;
  private final Meter meter;
  private final ExecutorService threads;

  ClientEntrance(
      ClientRequests requests,
      Transport transport,
      ConnectionGate gate,
      Meter meter,
      int most,
      ThreadFactory factory) {
    this.requests = requests;
    this.transport = transport;
    this.gate = gate;
    this.meter = meter;
    this.threads =
        new ThreadPoolExecutor(
            0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  @Override
  public ServerCall.Listener<Bytes> startCall(ServerCall<Bytes, Bytes> call, Metadata headers) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    try {
      transport.certified(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
      ClientRequest request = ClientRequestCodec.read(headers.get(ClientProtocol.REQUEST));
      ServedRequest served = new ServedRequest(call, () -> gate.dismiss(remote));
      gate.admit(remote);
      threads.execute(() -> served.run(requests, request));
      return served;
    } catch (RefusedException e) {
      refuse(call, remote, e.refusal(), Status.PERMISSION_DENIED, e);
    } catch (IOException e) {
      refuse(call, remote, Refusal.MALFORMED, Status.INVALID_ARGUMENT, e);
    } catch (RejectedExecutionException e) {
      RefusedException busy =
          new RefusedException(
              Refusal.TOO_MANY_REQUESTS,
              "too many requests at a time: try again, or another member");
      refuse(call, remote, busy.refusal(), Status.UNAVAILABLE, busy);
    }
    return new ServerCall.Listener<>() {};
  }

  private void refuse(
      ServerCall<Bytes, Bytes> call,
      SocketAddress remote,
      Refusal refusal,
      Status status,
      Exception why) {
    String message = "a client's request: " + why.getMessage();
    meter.refused(refusal, String.valueOf(remote), message);
    call.close(status.withDescription(String.valueOf(why.getMessage())), new Metadata());
    gate.dismiss(remote);
  }

  /** Interrupts those who answer, and waits for them. */
  void close(long seconds) throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(seconds, TimeUnit.SECONDS);
  }
}
