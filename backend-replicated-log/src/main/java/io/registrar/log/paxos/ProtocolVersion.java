package io.registrar.log.paxos;

/**
 * A version of the messages. A replica speaks two neighbouring ones, so that an ensemble is
 * upgraded member by member: it writes to a peer in the highest version that both have shown, and
 * in its lowest to one that it has not heard.
 */
public enum ProtocolVersion {
  /** The first one. */
  V1,
  /** {@link Message.Fetch} says how much is wanted. */
  V2;

  /** The newest. */
  public static final ProtocolVersion NEWEST = V2;

  /** Whether this is the other or a later one. */
  boolean has(ProtocolVersion feature) {
    return compareTo(feature) >= 0;
  }

  static ProtocolVersion lower(ProtocolVersion a, ProtocolVersion b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
