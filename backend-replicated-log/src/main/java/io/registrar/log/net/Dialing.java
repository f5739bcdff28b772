package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** Makes connections. Thread-safe. */
final class Dialing {
  private final Transport transport;
  private final NetworkTiming timing;

  Dialing(Transport transport, NetworkTiming timing) {
    this.transport = transport;
    this.timing = timing;
  }

  /**
   * Resolves the host's name, which may block.
   *
   * @param attempt takes the host's addresses in turn
   * @throws IOException there is no such host, or it may not be dialed; says why
   */
  InetSocketAddress resolve(InetSocketAddress told, int attempt) throws IOException {
    InetAddress[] hosts = InetAddress.getAllByName(told.getHostString());
    InetSocketAddress address =
        new InetSocketAddress(hosts[Math.floorMod(attempt, hosts.length)], told.getPort());
    transport.checkDial(address);
    return address;
  }

  /**
   * Connects; blocks until the other host has taken the connection. Closing the socket ends that.
   *
   * @throws IOException it cannot; the socket is to be closed
   */
  void connect(Socket socket, InetSocketAddress address) throws IOException {
    socket.connect(address, (int) timing.hello().toMillis());
  }

  /**
   * Has both ends prove who they are, with TLS; blocks until that is done, and has no limit of its
   * own. Closing the socket ends that.
   *
   * @param to who must answer; empty if any member may
   * @throws IOException they do not trust each other; the socket is to be closed
   */
  Connection secure(Socket socket, Optional<MemberId> to) throws IOException {
    return Connection.over(socket, transport.dialed(socket, to));
  }
}
