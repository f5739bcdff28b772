package io.registrar.log.net;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The network over long-lived gRPC streams. {@code docs/replicated-log-network.md} describes it;
 * {@link PeerLink} has the rules for a pair of members.
 *
 * <p>Frames are handed to the receiver on the event loop that read them, and {@link #send} hands
 * them to the event loop of the connection: no other thread lies between. {@link #close} waits for
 * those threads to end, so it must not be called by a receiver.
 */
public final class GrpcPeerNetwork implements PeerNetwork {
  /** Two, so that one busy connection does not delay all others. */
  private static final int LOOPS = 2;

  private static final long CLOSE_SECONDS = 5;

  private final NetworkOptions options;
  private final AddressBook book = new AddressBook();
  private final Supplier<Introduction> self;
  private final Meter meter = new Meter();
  private final ConnectionGate gate;
  private final Map<MemberId, Dialer> dialers = new ConcurrentHashMap<>();
  private @Nullable EventLoopGroup loops;
  private @Nullable ExecutorService resolver;
  private @Nullable ClientRequests requests;
  private @Nullable ClientEntrance clients;
  private @Nullable PeerServer server;
  private @Nullable Dialing dialing;
  private volatile @Nullable Switchboard board;
  private boolean closed;

  /**
   * Makes a network that does nothing yet.
   *
   * @param self asked with each new connection, by any thread; must not block
   */
  public GrpcPeerNetwork(NetworkOptions options, Supplier<Introduction> self) {
    this.options = options;
    this.self = self;
    this.gate = new ConnectionGate(options.limits(), options.timing(), meter);
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
    String name = "log-net-m" + options.self().value();
    Transport transport = Transports.of(options.security(), Optional.of(options.self()));
    transport.checkListen(options.listen());
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            LOOPS, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    ExecutorService names =
        Executors.newCachedThreadPool(new DefaultThreadFactory(name + "-dns", true));
    loops = group;
    resolver = names;
    Switchboard switchboard = new Switchboard(options, book, meter, self, receiver);
    dialing = new Dialing(transport, group, options.limits(), options.timing());
    ClientRequests answering = requests;
    if (answering != null) {
      clients =
          new ClientEntrance(
              answering,
              transport,
              gate,
              meter,
              options.limits().clients(),
              new DefaultThreadFactory(name + "-client", true));
    }
    try {
      server =
          PeerServer.start(
              options,
              transport,
              gate,
              group,
              new OversizedWatch(meter, gate),
              new PeerEntrance(switchboard, gate, transport, group),
              Optional.ofNullable(clients));
    } catch (IOException e) {
      close();
      throw e;
    }
    board = switchboard;
    book.watch(this::bookChanged);
    long beat = Math.max(1, options.timing().pulse().toMillis() / 2);
    group.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    dialKnown();
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
    if (connected != null) {
      dialers.keySet().forEach(connected::link);
      for (PeerLink link : connected.links()) {
        Dialer dialer = dialers.get(link.peer());
        peers.put(link.peer(), link.state(dialer == null ? Optional.empty() : dialer.failure()));
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
    dialers.values().forEach(Dialer::stop);
    if (board != null) {
      board.links().forEach(link -> link.end("this member closes its network"));
    }
    try {
      if (server != null) {
        server.close();
      }
      gate.close();
      if (clients != null) {
        clients.close(CLOSE_SECONDS);
      }
      if (resolver != null) {
        resolver.shutdownNow();
        resolver.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
      if (loops != null) {
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).await(CLOSE_SECONDS * 1000);
      }
    } catch (InterruptedException e) {
      // Everything has been told to end, and ends without being waited for.
      Thread.currentThread().interrupt();
    }
  }

  private void bookChanged() {
    dialKnown();
    Switchboard connected = board;
    if (connected != null) {
      connected.gossip();
    }
  }

  private synchronized void dialKnown() {
    Switchboard connected = board;
    ExecutorService names = resolver;
    EventLoopGroup timer = loops;
    Dialing ways = dialing;
    if (closed || connected == null || names == null || timer == null || ways == null) {
      return;
    }
    for (MemberId peer : book.all().keySet()) {
      if (!peer.equals(options.self()) && !dialers.containsKey(peer)) {
        Dialer dialer = new Dialer(peer, connected, ways, names, timer);
        dialers.put(peer, dialer);
        dialer.start();
      }
    }
  }

  private void beat() {
    gate.sweep();
    Switchboard connected = board;
    if (connected != null) {
      connected.links().forEach(link -> link.beat(options.timing()));
    }
  }
}
