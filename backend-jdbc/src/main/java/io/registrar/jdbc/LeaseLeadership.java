package io.registrar.jdbc;

import io.registrar.spi.Leadership;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that was won. A thread of its own renews it three times a lease; whether it still counts
 * is decided without that thread, by how long ago the last successful renewal was sent.
 */
final class LeaseLeadership implements Leadership, JdbcStorage.Resource {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);
  private static final Duration RESIGN = Duration.ofSeconds(5);

  /** We stop a little before the database hands on: our clock may run this much slower. */
  private static final int OWN_PERCENT = 90;

  private final Database database;
  private final LeaseTable leases;
  private final long term;
  private final Duration lease;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long validUntil;
  private boolean ended;
  private boolean resigned;

  /**
   * @param asked when the lease was asked for, by {@link System#nanoTime}
   */
  LeaseLeadership(Database database, LeaseTable leases, long term, long asked) {
    this.database = database;
    this.leases = leases;
    this.term = term;
    this.lease = database.settings().lease();
    this.validUntil = validFrom(asked);
  }

  /** Begins to renew. */
  void start(Consumer<JdbcStorage.Resource> atEnd) {
    Thread thread =
        new Thread(
            () -> {
              renewUntilEnd();
              atEnd.accept(this);
            },
            "registrar-jdbc-lease-" + database.registry());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (holds()) {
        long wait = Math.min(end, validUntil) - System.nanoTime();
        if (end - System.nanoTime() <= 0) {
          return false;
        }
        changed.awaitNanos(wait);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void renewUntilEnd() {
    Duration pause = lease.dividedBy(3);
    try {
      while (!awaitEnd(pause)) {
        pause = renew() ? lease.dividedBy(3) : lease.dividedBy(20);
      }
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
    }
  }

  /** One attempt; false if it failed, and another is to follow soon. */
  private boolean renew() {
    long sent = System.nanoTime();
    Deadline deadline = Deadline.after(lease.dividedBy(3));
    try (BoundedConnection connection = database.borrow(deadline)) {
      if (connection.query(deadline, handle -> leases.renew(handle, term))) {
        extend(sent);
      } else {
        LOG.warn("The lease of term {} at {} was lost.", term, database.address());
        end();
      }
      return true;
    } catch (SQLException e) {
      LOG.warn(
          "The lease of term {} at {} could not be renewed: {}",
          term,
          database.address(),
          Failures.reason(e));
      return false;
    }
  }

  private void extend(long sent) {
    lock.lock();
    try {
      // One that had run out meanwhile stays so, for somebody may have been told.
      if (holds()) {
        validUntil = validFrom(sent);
      }
    } finally {
      lock.unlock();
    }
  }

  private long validFrom(long sent) {
    return sent + lease.toNanos() / 100 * OWN_PERCENT;
  }

  private boolean holds() {
    ended |= System.nanoTime() - validUntil >= 0;
    return !ended;
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void resign() {
    lock.lock();
    try {
      if (resigned) {
        return;
      }
      resigned = true;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Deadline deadline = Deadline.after(RESIGN);
    try (BoundedConnection connection = database.borrow(deadline)) {
      connection.query(deadline, handle -> leases.giveBack(handle, term));
    } catch (SQLException e) {
      LOG.warn(
          "The lease of term {} at {} could not be given back, and runs out: {}",
          term,
          database.address(),
          Failures.reason(e));
    }
  }

  @Override
  public void close() {
    resign();
  }
}
