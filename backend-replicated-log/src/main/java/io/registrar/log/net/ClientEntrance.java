package io.registrar.log.net;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where clients' requests come in: one for each connection, and each answered on a thread of its
 * own, of which there are a bounded number. With TLS the certificate must be one of the authority;
 * it need not name a member. Thread-safe.
 */
final class ClientEntrance {
  private static final long IDLE_SECONDS = 10;

  private final ClientRequests requests;
  private final ConnectionGate gate;
  private final Meter meter;
  private final ExecutorService threads;
  private final Set<ServedRequest> served = ConcurrentHashMap.newKeySet();

  ClientEntrance(
      ClientRequests requests, ConnectionGate gate, Meter meter, int most, ThreadFactory factory) {
    this.requests = requests;
    this.gate = gate;
    this.meter = meter;
    this.threads =
        new ThreadPoolExecutor(
            0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  /**
   * Has a request answered, and hears on this thread whether the client is there still.
   *
   * @throws RefusedException it cannot be read, or too many are answered at the time
   * @throws IOException the client has left, or is not heard any more
   */
  void answer(Socket accepted, Connection connection, Packet first)
      throws IOException, RefusedException {
    ClientRequest request;
    try {
      request = ClientRequestCodec.read(first.content().toArray());
    } catch (IOException e) {
      throw new RefusedException(Refusal.MALFORMED, "a client's request: " + e.getMessage());
    }
    ServedRequest answer = new ServedRequest(connection, () -> gate.dismiss(accepted));
    try {
      threads.execute(() -> answer.run(requests, request));
    } catch (RejectedExecutionException e) {
      throw new RefusedException(
          Refusal.TOO_MANY_REQUESTS, "too many requests at a time: try again, or another member");
    }
    gate.admit(accepted);
    served.add(answer);
    try {
      answer.hear();
    } catch (RefusedException e) {
      meter.refused(e.refusal(), connection.remote(), String.valueOf(e.getMessage()));
      throw new IOException("a client speaks out of turn", e);
    } finally {
      served.remove(answer);
    }
  }

  /** Shows clients that wait a sign of life, and gives up those that take nothing. */
  void beat() {
    served.forEach(ServedRequest::beat);
  }

  /** Interrupts those who answer, and waits for them. */
  void close(long seconds) throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(seconds, TimeUnit.SECONDS);
  }
}
