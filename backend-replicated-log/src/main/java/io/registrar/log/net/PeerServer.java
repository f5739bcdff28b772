package io.registrar.log.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The listening side: one thread accepts, and each connection has one of its own. */
final class PeerServer {
  private static final int BACKLOG = 512;

  /** So long nothing is accepted where it failed, as for want of descriptors. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ServerSocket listening;
  private final ConnectionGate gate;
  private final Entrance entrance;
  private final ConnectionThreads threads;
  private final RareLog log = new RareLog();

  private PeerServer(
      ServerSocket listening, ConnectionGate gate, Entrance entrance, ConnectionThreads threads) {
    this.listening = listening;
    this.gate = gate;
    this.entrance = entrance;
    this.threads = threads;
  }

  /**
   * Listens.
   *
   * @throws IOException it cannot listen there; says where
   */
  static PeerServer start(
      NetworkOptions options, ConnectionGate gate, Entrance entrance, ConnectionThreads threads)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // A member that is started again must not wait for the connections of its last life.
      socket.setReuseAddress(true);
      socket.bind(options.listen(), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "member "
              + options.self().value()
              + " cannot listen at "
              + options.listen()
              + ": "
              + e.getMessage(),
          e);
    }
    PeerServer server = new PeerServer(socket, gate, entrance, threads);
    if (!threads.start(server::accept)) {
      socket.close();
      throw new IOException("no thread can be started to listen at " + options.listen());
    }
    return server;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        admit(listening.accept());
      } catch (IOException e) {
        if (!listening.isClosed()) {
          log.warn("accept", "No connection can be accepted now: {}", e.toString());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    gate.accepted(socket);
    if (!threads.start(() -> entrance.serve(socket))) {
      gate.left(socket, "no thread can be started to serve it");
    }
  }

  /** Stops listening. */
  void close() throws IOException {
    listening.close();
  }
}
