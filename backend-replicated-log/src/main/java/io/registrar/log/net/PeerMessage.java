package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.Map;

/** What goes over a stream between two members, after the hellos. */
sealed interface PeerMessage {

  /** A frame of the protocol above, which is not looked into. */
  record Frame(Bytes content) implements PeerMessage {}

  /** A sign of life. */
  record Pulse() implements PeerMessage {}

  /** News of the address book. */
  record Addresses(Map<MemberId, InetSocketAddress> told) implements PeerMessage {}

  /** What came is none of these. Never sent. */
  record Malformed(String what) implements PeerMessage {}
}
