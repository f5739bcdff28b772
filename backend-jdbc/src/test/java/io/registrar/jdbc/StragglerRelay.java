package io.registrar.jdbc;

import io.registrar.tck.fault.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to the server on which one connection's bytes can be kept back and delivered later, while
 * its client is cut off and connects anew: a request that is overtaken by its own settlement.
 */
final class StragglerRelay implements AutoCloseable {
  private static final int ALL = Integer.MAX_VALUE;

  private final InetSocketAddress server;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private volatile Connection held;
  private boolean armed;
  private int passFirst = ALL;

  StragglerRelay(InetSocketAddress server) throws IOException {
    this.server = server;
    start("relay", this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Of the connection that sends next, passes on so many bytes of requests; keeps the rest. */
  synchronized void hold(int first) {
    armed = true;
    passFirst = first;
  }

  /** How many bytes are kept back by now. */
  synchronized int kept() {
    return kept.size();
  }

  /** Cuts off the client whose bytes are kept; its server does not notice. */
  void cutClient() throws IOException {
    held.cut = true;
    held.client.close();
  }

  /** Delivers what was kept, and waits until the server has answered it or hung up. */
  void deliver() throws IOException {
    Connection connection = held;
    long answered = connection.answered;
    synchronized (this) {
      kept.writeTo(connection.server.getOutputStream());
      kept.reset();
      passFirst = ALL;
      held = null;
    }
    Deadline.after(Duration.ofSeconds(20))
        .await(
            "the server has answered the straggler",
            () -> connection.ended || connection.answered > answered);
    if (connection.cut) {
      close(connection.server); // nobody else would end it
    }
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Connection connection = new Connection(listener.accept(), server);
        sockets.add(connection.client);
        sockets.add(connection.server);
        start("relay-requests", () -> requests(connection));
        start("relay-answers", () -> answers(connection));
      }
    } catch (IOException closed) {
      return; // the listener was closed
    }
  }

  private void requests(Connection connection) {
    byte[] buffer = new byte[64 << 10];
    try {
      int count = connection.client.getInputStream().read(buffer);
      while (count >= 0) {
        synchronized (this) {
          if (armed) {
            armed = false;
            held = connection;
          }
          int pass = connection == held ? Math.min(count, passFirst) : count;
          connection.server.getOutputStream().write(buffer, 0, pass);
          kept.write(buffer, pass, count - pass);
          passFirst -= connection == held ? pass : 0;
        }
        count = connection.client.getInputStream().read(buffer);
      }
    } catch (IOException cut) {
      connection.cut = true;
    }
    if (connection != held) {
      close(connection.server);
    }
  }

  private void answers(Connection connection) {
    byte[] buffer = new byte[64 << 10];
    try {
      int count = connection.server.getInputStream().read(buffer);
      while (count >= 0) {
        connection.answered += count;
        if (!connection.cut) {
          connection.client.getOutputStream().write(buffer, 0, count);
        }
        count = connection.server.getInputStream().read(buffer);
      }
    } catch (IOException cut) {
      connection.cut = true;
    }
    connection.ended = true;
    close(connection.client);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(StragglerRelay::close);
  }

  private static final class Connection {
    final Socket client;
    final Socket server = new Socket();
    volatile long answered;
    volatile boolean cut;
    volatile boolean ended;

    Connection(Socket client, InetSocketAddress to) throws IOException {
      this.client = client;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(to, 5_000);
    }
  }
}
