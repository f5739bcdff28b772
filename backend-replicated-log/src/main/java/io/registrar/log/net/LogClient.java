package io.registrar.log.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
  private final ConnectionThreads threads = new ConnectionThreads("log-client");
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new NamedThreads("log-client-timer"));
  private final Set<ClientAnswer> answers = ConcurrentHashMap.newKeySet();
  private final Dialing dialing;

  private LogClient(Transport transport) {
    dialing = new Dialing(transport, NetworkTiming.DEFAULT);
    long pulse = ClientRequests.PULSE.toMillis();
    timer.scheduleWithFixedDelay(
        () -> answers.forEach(ClientAnswer::beat), pulse, pulse, TimeUnit.MILLISECONDS);
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
   * Asks a member; it is being connected when this returns. Close the answer. Looking up the host's
   * name may block.
   *
   * @throws IOException there is no such host, it may not be dialed, or this client is closed; says
   *     which
   */
  public ClientAnswer ask(InetSocketAddress member, ClientRequest request) throws IOException {
    int attempt = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    InetSocketAddress address = dialing.resolve(member, attempt);
    ClientAnswer answer = new ClientAnswer(member, Connection.unconnected(), answers::remove);
    answers.add(answer);
    if (!threads.start(() -> answer.receive(dialing, address, request, timer))) {
      answer.close();
      throw new IOException("this client is closed, or no thread can be started");
    }
    return answer;
  }

  /** Ends every answer. Idempotent. */
  @Override
  public void close() {
    threads.close();
    timer.shutdownNow();
    answers.forEach(ClientAnswer::close);
  }
}
