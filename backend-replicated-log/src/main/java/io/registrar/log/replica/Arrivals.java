package io.registrar.log.replica;

import io.registrar.log.net.PeerNetwork;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what comes from the network before the replica's thread. Thread-safe. */
final class Arrivals implements PeerNetwork.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** Marks what is no frame of the protocol, whose first byte is its version. */
  static final byte NOTE = (byte) 0xFF;

  private final Mailbox mailbox;
  private final LogFollower follower;
  private final Engine engine;

  Arrivals(Mailbox mailbox, LogFollower follower, Engine engine) {
    this.mailbox = mailbox;
    this.follower = follower;
    this.engine = engine;
  }

  @Override
  public void received(MemberId from, Bytes frame) {
    if (frame.size() > 0 && frame.at(0) == NOTE) {
      mailbox.offer(() -> follower.noted(from, frame), frame.size());
    } else {
      mailbox.offer(() -> engine.step(new Input.Received(from, frame)), frame.size());
    }
  }

  @Override
  public void ended(Member member) {
    mailbox.put(
        () -> {
          LOG.info("the process of member {} has ended", member.id().value());
          engine.step(new Input.Ended(member));
        });
  }
}
