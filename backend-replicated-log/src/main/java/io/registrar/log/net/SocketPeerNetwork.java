package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network over long-lived connections of TCP, in the clear or with TLS. {@code
 * docs/replicated-log-network.md} describes it; {@link PeerLink} has the rules for a pair of
 * members.
 *
 * <p>Frames are handed to the receiver on the thread that read them, and {@link #send} writes them
 * to the socket on the thread that calls it, unless that might have to wait: no other thread lies
 * between. {@link #close} waits for the network's threads to end, so it must not be called by a
 * receiver.
 */
public final class SocketPeerNetwork implements PeerNetwork {
  private static final Logger LOG = LoggerFactory.getLogger(SocketPeerNetwork.class);
  private static final long CLOSE_SECONDS = 5;

  private final NetworkOptions options;
  private final AddressBook book = new AddressBook();
  private final Supplier<Introduction> self;
  private final Meter meter = new Meter();
  private final ConnectionThreads threads;
  private final ScheduledExecutorService timer;
  private final ConnectionGate gate;
  private @Nullable ClientRequests requests;
  private volatile @Nullable ClientEntrance clients;
  private @Nullable PeerServer server;
  private volatile @Nullable Switchboard board;
  private volatile @Nullable Dialers dialers;
  private boolean closed;

  /**
   * Makes a network that does nothing yet.
   *
   * @param self asked with each new connection, by any thread; must not block
   */
  public SocketPeerNetwork(NetworkOptions options, Supplier<Introduction> self) {
    this.options = options;
    this.self = self;
    String name = "log-net-m" + options.self().value();
    this.threads = new ConnectionThreads(name);
    ScheduledThreadPoolExecutor beats =
        new ScheduledThreadPoolExecutor(1, new NamedThreads(name + "-timer"));
    beats.setRemoveOnCancelPolicy(true);
    this.timer = beats;
    this.gate = new ConnectionGate(options.limits(), options.timing(), meter, timer);
  }

  /**
   * Has clients answered too, from the start on; without this, they are refused.
   *
   * @throws IllegalStateException it has been started
   */
  public synchronized void serve(ClientRequests answering) {
    if (closed || board != null) {
      throw new IllegalStateException("who serves clients is said before the start");
    }
    requests = answering;
  }

  @Override
  public synchronized void start(Receiver receiver) throws IOException {
    if (closed || board != null) {
      throw new IllegalStateException("a network is started once, and not after its close");
    }
    Transport transport = Transports.of(options.security(), Optional.of(options.self()));
    transport.checkListen(options.listen());
    Switchboard switchboard = new Switchboard(options, book, meter, self, receiver, threads);
    ClientRequests answering = requests;
    if (answering != null) {
      clients =
          new ClientEntrance(
              answering,
              gate,
              meter,
              options.limits().clients(),
              new NamedThreads("log-net-m" + options.self().value() + "-client"));
    }
    Entrance entrance =
        new Entrance(
            transport,
            gate,
            meter,
            new PeerEntrance(switchboard, gate, timer),
            Optional.ofNullable(clients));
    try {
      server = PeerServer.start(options, gate, entrance, threads);
    } catch (IOException e) {
      close();
      throw e;
    }
    Dialing ways = new Dialing(transport, options.timing());
    Dialers dialing = new Dialers(switchboard, ways, threads, timer);
    board = switchboard;
    dialers = dialing;
    book.watch(
        () -> {
          dialing.dialKnown();
          switchboard.gossip();
        });
    long beat = Math.max(1, options.timing().pulse().toMillis() / 2);
    timer.scheduleWithFixedDelay(this::beatOrSay, beat, beat, TimeUnit.MILLISECONDS);
    dialing.dialKnown();
  }

  @Override
  public void send(MemberId to, Bytes frame) {
    Switchboard connected = board;
    Optional<PeerLink> link = connected == null ? Optional.empty() : connected.existing(to);
    if (frame.size() > options.limits().frameBytes()) {
      meter.tooLarge(to, frame.size(), options.limits().frameBytes());
    } else if (link.isPresent()) {
      link.get().send(frame);
    } else {
      meter.framesDropped.increment();
    }
  }

  @Override
  public AddressBook addresses() {
    return book;
  }

  /** Where it listens, with the port that was free if 0 was asked for. Only after the start. */
  public synchronized InetSocketAddress listening() {
    if (server == null) {
      throw new IllegalStateException("the network does not listen");
    }
    return server.address();
  }

  /** What it has done so far, and whom it reaches. */
  public NetworkCounters counters() {
    SortedMap<MemberId, PeerState> peers = new TreeMap<>();
    Switchboard connected = board;
    Dialers dialed = dialers;
    if (connected != null && dialed != null) {
      dialed.peers().forEach(connected::link);
      for (PeerLink link : connected.links()) {
        peers.put(link.peer(), link.state(dialed.failure(link.peer())));
      }
    }
    return new NetworkCounters(
        meter.refusals(),
        meter.framesSent.sum(),
        meter.bytesSent.sum(),
        meter.framesReceived.sum(),
        meter.bytesReceived.sum(),
        meter.framesDropped.sum(),
        gate.strangers(),
        gate.connections(),
        Collections.unmodifiableSortedMap(peers));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (dialers != null) {
      dialers.stop();
    }
    if (board != null) {
      board.links().forEach(link -> link.end("this member closes its network"));
    }
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      LOG.warn("The log's port could not be closed: {}", e.toString());
    }
    gate.close();
    timer.shutdownNow();
    threads.close();
    try {
      if (clients != null) {
        clients.close(CLOSE_SECONDS);
      }
      timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      threads.await(CLOSE_SECONDS);
    } catch (InterruptedException e) {
      // Everything has been told to end, and ends without being waited for.
      Thread.currentThread().interrupt();
    }
  }

  /** One that fails must not be the last: without signs of life all others leave. */
  private void beatOrSay() {
    try {
      beat();
    } catch (RuntimeException e) {
      LOG.error("A fault in the program: the log's connections were not looked after", e);
    }
  }

  private void beat() {
    gate.sweep();
    Switchboard connected = board;
    if (connected != null) {
      connected.links().forEach(link -> link.beat(options.timing()));
    }
    ClientEntrance answering = clients;
    if (answering != null) {
      answering.beat();
    }
  }
}
