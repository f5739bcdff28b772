package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.node.LogNode;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Request;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.log.replica.ReplicaStatus;
import io.registrar.spi.Candidate;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elections by the log's lease: the coordinator is the elected master. One candidate of a process
 * stands at a time; others of it wait for their turn.
 */
final class LogElection implements Election, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogElection.class);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Members of another log that name this place dial it every two seconds at least. */
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(4);

  private final ReplicaLoop loop;
  private final Heralds heralds;
  private final Deadline listensUntil;
  private final Semaphore turn = new Semaphore(1, true);
  private volatile boolean closed;
  private volatile @Nullable LogLeadership leadership;
  private volatile @Nullable Request ended;

  LogElection(LogNode node, StateKeeper keeper, Heralds heralds) {
    this.loop = node.loop();
    this.listensUntil = Deadline.after(node.isUnknown() ? FOUND_WITHIN : Duration.ZERO);
    this.heralds = heralds;
    keeper.addListener(this::told);
    keeper.atEnd(this::replicaEnded);
    keeper.addNoteReader(heralds::noted);
  }

  @Override
  public Optional<Leadership> campaign(Candidate candidate, Duration timeout)
      throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    boolean won = false;
    boolean mine = false;
    try {
      mine = awaitTurn(deadline);
      while (mine && !won) {
        requireOpen();
        requireRunning();
        Reach.awaitVote(loop, deadline);
        awaitOthers(deadline);
        Optional<Request> lease = loop.campaign(deadline.leftNanos());
        if (lease.isPresent()) {
          won = true;
          return Optional.of(lead(candidate, lease.get()));
        }
        if (deadline.hasPassed()) {
          break;
        }
        loop.await(ReplicaStatus::hasEnded, LOOK_AGAIN_NANOS);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while standing for election", e);
    } catch (ReplicaEndedException e) {
      throw closed
          ? new ClosedException("the storage was closed during a campaign", e)
          : new UnavailableException("the election cannot be reached: " + e.getMessage(), e);
    } finally {
      if (mine && !won) {
        turn.release();
      }
    }
  }

  private boolean awaitTurn(Deadline deadline) throws InterruptedException, ClosedException {
    do {
      requireOpen();
      long patience = Math.min(deadline.leftNanos(), LOOK_AGAIN_NANOS);
      if (turn.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
        return true;
      }
    } while (!deadline.hasPassed());
    return false;
  }

  private LogLeadership lead(Candidate candidate, Request lease) {
    LogLeadership won = new LogLeadership(lease, loop, heralds, candidate, this::over);
    leadership = won;
    won.begin();
    if (lease.equals(ended)) {
      won.lost();
    } else if (closed) {
      won.resign();
    }
    return won;
  }

  private void over() {
    leadership = null;
    turn.release();
  }

  /** On the replica's thread. */
  private void told(Delivery delivery) {
    if (delivery instanceof Delivery.LeaseEnded it) {
      ended = it.request();
      LogLeadership holder = leadership;
      if (holder != null && holder.lease().equals(it.request())) {
        holder.lost();
      }
    } else if (delivery instanceof Delivery.Elected it) {
      LOG.info(
          "member {} is elected, under ballot {}",
          loop.status().member().id().value(),
          it.ballot().round());
    }
  }

  private void replicaEnded() {
    LogLeadership holder = leadership;
    if (holder != null) {
      holder.lost();
    }
  }

  @Override
  public Optional<Candidate> leader(Duration timeout) throws StorageException {
    requireOpen();
    Reach.requireGoingOn(loop.status());
    try {
      return heralds.leader(Deadline.after(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while asking who leads", e);
    }
  }

  private void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("the storage was closed");
    }
  }

  /**
   * A log that was begun here alone is not led before other members had the time to say that they
   * name this place: then all was lost here, and the registry would be empty.
   */
  private void awaitOthers(Deadline deadline) throws StorageException, InterruptedException {
    long nanos = Math.min(listensUntil.leftNanos(), deadline.leftNanos());
    if (nanos > 0) {
      Reach.requireGoingOn(loop.await(ReplicaStatus::hasEnded, nanos));
    }
  }

  /** A candidate whose replica has failed would wait for ever: somebody must open it again. */
  private void requireRunning() throws ClosedException {
    Throwable failure = loop.status().failure();
    if (failure != null) {
      throw new ClosedException(Reach.describe(loop.status()), failure);
    }
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    closed = true;
    LogLeadership holder = leadership;
    if (holder != null) {
      holder.resign();
    } else {
      loop.resign();
    }
    heralds.close();
  }
}
