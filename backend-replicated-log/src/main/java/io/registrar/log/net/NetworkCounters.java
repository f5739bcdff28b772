package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a network has done since it was made, and how it stands. A plain copy.
 *
 * @param refused connections that were refused or ended, by reason
 * @param framesSent handed to a connection
 * @param bytesSent of those frames
 * @param framesReceived handed to the receiver
 * @param bytesReceived of those frames
 * @param framesDropped not sent: no connection, or no room in its queue
 * @param strangers connections that stand and have not introduced themselves
 * @param connections that stand and were accepted, strangers included
 * @param peers how each known member is reached
 */
public record NetworkCounters(
    Map<Refusal, Long> refused,
    long framesSent,
    long bytesSent,
    long framesReceived,
    long bytesReceived,
    long framesDropped,
    int strangers,
    int connections,
    SortedMap<MemberId, PeerState> peers) {

  /** How often it refused for this reason. */
  public long refused(Refusal why) {
    return refused.getOrDefault(why, 0L);
  }
}
