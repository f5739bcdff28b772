package io.registrar.log.net;

import io.registrar.log.paxos.Member;
import java.util.Optional;

/**
 * How a member is reached.
 *
 * @param reach over which connections
 * @param shown who it last introduced itself as; empty if it was never met
 * @param framesDropped for it, for want of a connection or of room
 * @param bytesWaiting in the queue to it
 * @param failure why it was last not reached when dialed; empty once it is
 */
public record PeerState(
    Reach reach,
    Optional<Member> shown,
    long framesDropped,
    long bytesWaiting,
    Optional<String> failure) {

  /** Over which connections a member is reached: each end dials, and one connection is enough. */
  public enum Reach {
    /** Not at all. */
    NONE,
    /** Over the one that we dialed. */
    DIALED,
    /** Over the one that it dialed. */
    ACCEPTED,
    /** Over either. */
    BOTH
  }
}
