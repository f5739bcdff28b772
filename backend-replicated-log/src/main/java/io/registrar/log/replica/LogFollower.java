package io.registrar.log.replica;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;

/**
 * The application at a replica. Every method is called by the replica's thread, in the order of the
 * log: it must not block, and whoever asked is answered only after it has returned.
 */
public interface LogFollower {
  /**
   * What was known is to be forgotten: the log stands on this footing, and its entries follow from
   * the footing's begin on. Called at a start and after a snapshot was fetched.
   */
  void standsOn(Footing footing);

  /** The next entry of the log, and whether it counts. */
  void chosen(Position position, Entry entry, Delivery.Effect effect);

  /**
   * Everything but entries: what a caller is answered (called before the caller wakes), the end of
   * a lease, what was noticed, the end of the replica.
   */
  void told(Delivery delivery);

  /** A member has sent a note ({@link ReplicaLoop#note}). Its bytes come from outside. */
  void noted(MemberId from, Bytes note);

  /** The replica takes no part any more: the last call, also after a failure. */
  void ended();
}
