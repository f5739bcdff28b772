package io.registrar.tck.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a server on this machine that can be cut, held back and slowed
 * down: by direction, and by bytes.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.to(server)) {
 *   connect(proxy.address());
 *   proxy.cutAfter(Direction.TO_CLIENT, 0);   // the request arrives, the reply does not
 *   ...
 * }
 * }</pre>
 *
 * <p>What is ordered for a direction holds for all connections together, those that come later
 * included. Loopback only. All methods may be called by any thread.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Map<Direction, Valve> valves = new EnumMap<>(Direction.class);
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;

  /** Held while a connection is made, so that whoever sees it at the server sees it here too. */
  private final Object connecting = new Object();

  private volatile boolean refusing;
  private volatile boolean closed;

  private TcpProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
    for (Direction direction : Direction.values()) {
      valves.put(direction, new Valve());
    }
    acceptor = new Thread(this::accept, "proxy-" + listener.getLocalPort());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Opens a way to this server on a free port of the loopback address. */
  public static TcpProxy to(InetSocketAddress server) throws IOException {
    return new TcpProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** How many bytes have been passed on in this direction so far. */
  public long passed(Direction direction) {
    return valve(direction).passed();
  }

  /** How many connections stand now. */
  public int connections() {
    synchronized (connecting) {
      return connections.size();
    }
  }

  /**
   * Passes on this many more bytes in this direction, and then cuts the connection, both ways, that
   * brings the next one; that byte is lost. The other direction passes on all that it had until
   * then. Happens once.
   */
  public void cutAfter(Direction direction, long bytes) {
    valve(direction).cutAfter(bytes);
  }

  /** Holds back all bytes of this direction; connections stay, and nobody is told. */
  public void hold(Direction direction) {
    valve(direction).hold();
  }

  /** Lets go what was held back. */
  public void release(Direction direction) {
    valve(direction).release();
  }

  /** From now on, bytes of this direction are passed on no sooner than this after they came. */
  public void delay(Direction direction, Duration by) {
    valve(direction).delay(by);
  }

  /** Ends this direction of every connection as if its sender had closed it; the other stays. */
  public void halfClose(Direction direction) {
    synchronized (connecting) {
      connections.forEach(connection -> connection.halfClose(direction));
    }
  }

  /** Cuts every connection that stands now; new ones may be made. */
  public void cut() {
    synchronized (connecting) {
      connections.forEach(ProxiedConnection::cut);
    }
  }

  /** Cuts every connection, and cuts each new one at once, until {@link #heal}. */
  public void partition() {
    refusing = true;
    cut();
  }

  /** Takes back every fault that was ordered. */
  public void heal() {
    refusing = false;
    valves.values().forEach(Valve::heal);
  }

  /** Cuts everything and ends. Idempotent. */
  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    heal();
    cut();
    Deadline.after(Duration.ofSeconds(10))
        .await(
            "the proxy's threads have ended", () -> connections.isEmpty() && !acceptor.isAlive());
  }

  private Valve valve(Direction direction) {
    return java.util.Objects.requireNonNull(valves.get(direction));
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        synchronized (connecting) {
          if (refusing || closed) {
            client.close();
          } else {
            connect(client);
          }
        }
      } catch (IOException e) {
        // The listener was closed, and the loop ends; or one connection failed, and the next may
        // not.
        continue;
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket toServer = new Socket();
    try {
      toServer.connect(server, CONNECT_MILLIS);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    ProxiedConnection connection =
        new ProxiedConnection(client, toServer, this::valve, connections::remove);
    connections.add(connection);
    connection.start();
  }
}
