package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;

/** How connections are made and accepted: in the clear, or with mutual TLS. Thread-safe. */
interface Transport {
  /** Refuses an address to listen at that this security does not allow. */
  void checkListen(InetSocketAddress address) throws IOException;

  /** Refuses a resolved address to dial that this security does not allow. */
  void checkDial(InetSocketAddress address) throws IOException;

  /**
   * Secures a connection that was dialed; waits for the other end.
   *
   * @param to who must answer; empty if any member may
   * @return what to speak over
   * @throws IOException the two do not trust each other, or the connection is lost or closed
   */
  Socket dialed(Socket connected, Optional<MemberId> to) throws IOException;

  /**
   * Secures a connection that was accepted; waits for the other end.
   *
   * @return what to speak over
   * @throws IOException the two do not trust each other, or the connection is lost or closed
   */
  Socket accepted(Socket connected) throws IOException;

  /**
   * The members that the certificate shown on an accepted connection speaks for; empty where there
   * is no TLS.
   */
  Optional<Set<MemberId>> certified(Socket accepted) throws IOException;
}
