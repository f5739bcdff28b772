package io.registrar.example.master;

import io.registrar.spi.Candidate;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for election until this master is elected, and then watches its lease: one thread, from
 * the beginning to {@link #close}.
 *
 * <p>An election that cannot be reached ends nothing: a standby waits for its storage to come back.
 */
final class Candidacy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Candidacy.class);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration WATCH = Duration.ofHours(1);
  private static final long PAUSE_MILLIS = 500;
  private static final long STOPS_WITHIN_MILLIS = 2 * ROUND.toMillis();

  private final Election election;
  private final Candidate self;
  private final Course course;
  private final Thread thread = new Thread(this::run, "candidacy");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean elected;

  private Candidacy(Election election, Candidate self, Course course) {
    this.election = election;
    this.self = self;
    this.course = course;
    thread.setDaemon(true);
  }

  /** What becomes of a candidate. Called by the candidacy's thread. */
  interface Course {
    /** Returns when this master had better stand, for a while at most. */
    void prepare() throws InterruptedException;

    /** The lease was won, and is now the callee's to resign. Returns once the master leads. */
    void elected(Leadership won) throws CannotStartException;

    /** Nothing more comes: the lease was lost, or the master cannot lead. */
    void ended(Ending why);
  }

  /** Begins to stand for election. */
  static Candidacy begin(Election election, Candidate self, Course course) {
    Candidacy candidacy = new Candidacy(election, self, course);
    candidacy.thread.start();
    return candidacy;
  }

  private void run() {
    try {
      course.prepare();
      Optional<Leadership> won = campaign();
      if (won.isPresent()) {
        lead(won.get());
      }
    } catch (CannotStartException e) {
      end(new Ending(ExitCode.CANNOT_START, String.valueOf(e.getMessage())));
    } catch (StorageException e) {
      end(new Ending(ExitCode.CANNOT_START, "the election is refused: " + e.getMessage()));
    } catch (InterruptedException e) {
      LOG.debug("the candidacy is over", e);
    } catch (RuntimeException | Error e) {
      LOG.error("a fault in the candidacy", e);
      end(new Ending(ExitCode.FAULT, "a fault in the candidacy: " + e));
    }
  }

  /** Empty if this was stopped. */
  private Optional<Leadership> campaign() throws StorageException, InterruptedException {
    String told = "";
    while (stopped.getCount() > 0) {
      try {
        Optional<Leadership> won = election.campaign(self, ROUND);
        if (won.isPresent() && begin()) {
          return won;
        }
        won.ifPresent(Leadership::resign);
        told = "";
      } catch (UnavailableException e) {
        // Once for each reason, whatever numbers are in it.
        String reason = String.valueOf(e.getMessage()).replaceAll("[0-9]+", "N");
        if (!reason.equals(told)) {
          LOG.warn("the election cannot be reached; trying again: {}", e.getMessage());
        }
        told = reason;
        if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (ClosedException e) {
        if (stopped.getCount() > 0) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** From here on nobody interrupts; false if this was stopped before. */
  private synchronized boolean begin() {
    elected = stopped.getCount() > 0;
    return elected;
  }

  private void lead(Leadership leadership) throws CannotStartException, InterruptedException {
    LOG.info("{} was elected", self.address());
    course.elected(leadership);
    LOG.info("{} leads", self.address());
    while (!leadership.awaitEnd(WATCH)) {
      LOG.debug("{} still leads", self.address());
    }
    end(
        new Ending(
            ExitCode.LOST_LEADERSHIP,
            "its lease was lost: it was cut off from the election, stopped for longer than the"
                + " lease, or another master has taken over"));
  }

  private void end(Ending why) {
    if (stopped.getCount() > 0) {
      course.ended(why);
    }
  }

  /**
   * Stands for election no more. A lease that was won stays its holder's, to resign when the
   * registrar is closed. Blocks for some seconds at most. Idempotent.
   */
  @Override
  public void close() {
    synchronized (this) {
      stopped.countDown();
      if (elected) {
        return;
      }
      thread.interrupt();
    }
    try {
      thread.join(STOPS_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
