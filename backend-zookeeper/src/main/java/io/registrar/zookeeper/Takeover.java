package io.registrar.zookeeper;

import io.registrar.spi.Floor;
import io.registrar.spi.StorageException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.zookeeper.data.Stat;

/**
 * Raises the epoch in the fence: from then on, every commit that an earlier session has sent, and
 * every takeover that began before, finds another fence than it expects.
 */
final class Takeover {
  private final Ensemble ensemble;
  private final Layout layout;
  private final HeadNodes nodes;

  Takeover(Ensemble ensemble, Layout layout, HeadNodes nodes) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.nodes = nodes;
  }

  /** The position right after the takeover. */
  Position by(String owner, Floor floor, Deadline deadline)
      throws StorageException, NoAnswerException {
    long session = ThreadLocalRandom.current().nextLong();
    while (true) {
      Position seen = nodes.nearby(deadline);
      if (seen.fence().session() == session) {
        // Ours: the write took effect, and its answer was lost.
        return seen;
      }
      long epoch = Math.addExact(Math.max(seen.epoch(), floor.epoch()), 1);
      Fence next = new Fence(epoch, session, owner);
      try {
        Optional<Stat> written = nodes.write(seen.replaceFence(layout, next), deadline);
        if (written.isPresent()) {
          return after(next, written.get(), seen, deadline);
        }
      } catch (NoAnswerException e) {
        ensemble.backOff(deadline, e);
      }
      // Another takeover came between, or this server lags, or the answer was lost.
      nodes.catchUp(deadline);
    }
  }

  private Position after(Fence ours, Stat written, Position before, Deadline deadline)
      throws StorageException, NoAnswerException {
    Position now = nodes.nearby(deadline);
    while (now.zxid() < written.getMzxid()) {
      nodes.catchUp(deadline);
      now = nodes.nearby(deadline);
    }
    return now.fence().equals(ours)
        ? now
        : new Position(
            ours, written.getVersion(), before.head(), before.headCount(), written.getMzxid());
  }
}
