package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;

/**
 * What a network is told when it is made.
 *
 * @param self under which place it connects
 * @param listen where it listens; port 0 takes a free one
 * @param security whom it talks to
 * @param limits in bytes and counts
 * @param timing in lengths of time
 */
public record NetworkOptions(
    MemberId self,
    InetSocketAddress listen,
    Security security,
    NetworkLimits limits,
    NetworkTiming timing) {

  /** The defaults: loopback only. */
  public static NetworkOptions of(MemberId self, InetSocketAddress listen) {
    return new NetworkOptions(
        self, listen, new Security.LoopbackOnly(), NetworkLimits.DEFAULT, NetworkTiming.DEFAULT);
  }

  /** The same with another security. */
  public NetworkOptions withSecurity(Security changed) {
    return new NetworkOptions(self, listen, changed, limits, timing);
  }

  /** The same with other limits. */
  public NetworkOptions withLimits(NetworkLimits changed) {
    return new NetworkOptions(self, listen, security, changed, timing);
  }

  /** The same with other lengths of time. */
  public NetworkOptions withTiming(NetworkTiming changed) {
    return new NetworkOptions(self, listen, security, limits, changed);
  }
}
