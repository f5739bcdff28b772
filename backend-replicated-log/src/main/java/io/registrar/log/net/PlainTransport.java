package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;

/** No TLS: within this machine, or anywhere if that was asked for. */
final class PlainTransport implements Transport {
  /** How far connections may go. */
  enum Reach {
    LOOPBACK,
    ANYWHERE
  }

  private final Reach reach;

  PlainTransport(Reach reach) {
    this.reach = reach;
  }

  @Override
  public void checkListen(InetSocketAddress address) throws IOException {
    check(address, "listen at");
  }

  @Override
  public void checkDial(InetSocketAddress address) throws IOException {
    check(address, "connect to");
  }

  private void check(InetSocketAddress address, String verb) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("the host " + address.getHostString() + " is not known");
    }
    if (reach == Reach.LOOPBACK && !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          "without TLS the log does not "
              + verb
              + " "
              + address
              + ", which is outside this machine: give --log_tls_cert, --log_tls_key and"
              + " --log_tls_ca, or --log_insecure if every host of the network is trusted");
    }
  }

  @Override
  public Socket dialed(Socket connected, Optional<MemberId> to) {
    return connected;
  }

  @Override
  public Socket accepted(Socket connected) {
    return connected;
  }

  @Override
  public Optional<Set<MemberId>> certified(Socket accepted) {
    return Optional.empty();
  }
}
