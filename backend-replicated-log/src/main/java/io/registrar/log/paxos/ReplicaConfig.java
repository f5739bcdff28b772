package io.registrar.log.paxos;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a replica is told when it is made.
 *
 * @param self its own place
 * @param members every member named by the flags, itself included: whom it may found an ensemble
 *     with, and whom it asks before it knows a membership
 * @param timing in ticks
 * @param bounds in bytes and counts
 * @param version the newest protocol version that it speaks; it also speaks the one before
 */
public record ReplicaConfig(
    MemberId self,
    SortedSet<MemberId> members,
    Timing timing,
    Bounds bounds,
    ProtocolVersion version) {
  /** Copies the members, and refuses those that do not hold itself. */
  public ReplicaConfig {
    members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    if (!members.contains(self) || members.size() > Membership.MOST) {
      throw new IllegalArgumentException(
          self + " is not among the members " + members + ", or there are too many");
    }
  }

  /** The defaults for a replica among these members. */
  public static ReplicaConfig of(MemberId self, SortedSet<MemberId> members) {
    return new ReplicaConfig(self, members, Timing.DEFAULT, Bounds.DEFAULT, ProtocolVersion.NEWEST);
  }

  /** The same with other lengths of time. */
  public ReplicaConfig withTiming(Timing changed) {
    return new ReplicaConfig(self, members, changed, bounds, version);
  }

  /** The same with other bounds. */
  public ReplicaConfig withBounds(Bounds changed) {
    return new ReplicaConfig(self, members, timing, changed, version);
  }

  /** The same, speaking this version and the one before it. */
  public ReplicaConfig withVersion(ProtocolVersion newest) {
    return new ReplicaConfig(self, members, timing, bounds, newest);
  }
}
