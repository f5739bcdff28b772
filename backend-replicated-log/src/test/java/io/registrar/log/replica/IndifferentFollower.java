package io.registrar.log.replica;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;

/** For tests that look at something else. */
class IndifferentFollower implements LogFollower {
  @Override
  public void standsOn(Footing footing) {
    // What is read is the replica's status.
  }

  @Override
  public void chosen(Position position, Entry entry, Delivery.Effect effect) {
    // As above.
  }

  @Override
  public void told(Delivery delivery) {
    // As above.
  }

  @Override
  public void noted(MemberId from, Bytes note) {
    // Nobody is there.
  }

  @Override
  public void ended() {
    // The status tells.
  }
}
