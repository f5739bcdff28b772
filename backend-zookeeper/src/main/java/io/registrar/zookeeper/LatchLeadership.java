package io.registrar.zookeeper;

import io.registrar.spi.Leadership;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One candidacy: waits to lead, leads, and ends for good when it leads no more. */
final class LatchLeadership implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(LatchLeadership.class);

  private final LeaderLatch latch;
  private final Consumer<LatchLeadership> atEnd;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean standing = new AtomicBoolean();

  LatchLeadership(
      CuratorFramework curator, String path, String id, Consumer<LatchLeadership> atEnd) {
    this.latch = new LeaderLatch(curator, path, id);
    this.atEnd = atEnd;
    latch.addListener(
        new LeaderLatchListener() {
          @Override
          public void isLeader() {
            LOG.debug("leading by {}", path);
          }

          @Override
          public void notLeader() {
            // The latch would stand again by itself, and lead without anybody who knows.
            resign();
          }
        });
  }

  /** Makes the candidate's node. */
  void stand() throws UnavailableException {
    try {
      standing.set(true);
      latch.start();
    } catch (Exception e) {
      // Curator declares no type.
      throw new UnavailableException("standing for election failed: " + e.getMessage(), e);
    }
  }

  /** Waits until this candidate leads; false if the time ran out, or the wait was interrupted. */
  boolean awaitVictory(Deadline deadline) {
    try {
      return latch.await(Math.max(1, deadline.leftNanos()), TimeUnit.NANOSECONDS)
          && ended.getCount() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void resign() {
    if (standing.getAndSet(false)) {
      try {
        latch.close();
      } catch (IOException | IllegalStateException e) {
        LOG.warn("a lease could not be given back, and runs out with the ZooKeeper session", e);
      }
    }
    ended.countDown();
    atEnd.accept(this);
  }
}
