package io.registrar.log.registry;

import io.registrar.log.paxos.Request;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.spi.Candidate;
import io.registrar.spi.Leadership;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that this member holds, until it is lost or given back. */
final class LogLeadership implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(LogLeadership.class);
  private static final long RESIGN_SECONDS = 5;

  private final Request lease;
  private final ReplicaLoop loop;
  private final Heralds heralds;
  private final Candidate candidate;
  private final Runnable atEnd;
  private final AtomicBoolean leading = new AtomicBoolean(true);
  private final CountDownLatch ended = new CountDownLatch(1);

  LogLeadership(
      Request lease, ReplicaLoop loop, Heralds heralds, Candidate candidate, Runnable atEnd) {
    this.lease = lease;
    this.loop = loop;
    this.heralds = heralds;
    this.candidate = candidate;
    this.atEnd = atEnd;
  }

  void begin() {
    heralds.leads(candidate);
  }

  Request lease() {
    return lease;
  }

  /** The lease has ended: by its time, or because it was given back. */
  void lost() {
    if (leading.getAndSet(false)) {
      heralds.leadsNoMore();
      ended.countDown();
      atEnd.run();
    }
  }

  @Override
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void resign() {
    if (!leading.get()) {
      return;
    }
    LOG.info("member {} gives its lease back", loop.status().member().id().value());
    loop.resign();
    if (loop.status().hasEnded()) {
      lost();
    }
    boolean interrupted = Thread.interrupted();
    try {
      // The replica's thread says that it is over; if that hangs, the lease runs out by itself.
      if (!ended.await(RESIGN_SECONDS, TimeUnit.SECONDS)) {
        lost();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      lost();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
