package io.registrar.jdbc;

import io.registrar.spi.Candidate;
import io.registrar.spi.Election;
import io.registrar.spi.Leadership;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who waits for the lease asks for it a few times a second. May be used by any thread. */
final class LeaseElection implements Election, JdbcStorage.Resource {
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);

  private final JdbcStorage storage;
  private final Database database;
  private final LeaseTable leases;
  private final CountDownLatch closed = new CountDownLatch(1);

  LeaseElection(JdbcStorage storage) {
    this.storage = storage;
    this.database = storage.database();
    this.leases = new LeaseTable(database.registry(), database.settings().lease());
  }

  @Override
  public Optional<Leadership> campaign(Candidate candidate, Duration timeout)
      throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    do {
      // The lease began later than this, by any clock.
      long asked = System.nanoTime();
      OptionalLong term = ask("campaign", deadline, handle -> leases.win(handle, candidate));
      if (term.isPresent()) {
        LeaseLeadership won =
            storage.keep(new LeaseLeadership(database, leases, term.getAsLong(), asked));
        won.start(storage::forget);
        return Optional.of(won);
      }
    } while (!pause(deadline));
    return Optional.empty();
  }

  @Override
  public Optional<Candidate> leader(Duration timeout) throws StorageException {
    return ask("leader", Deadline.after(timeout), leases::leader);
  }

  private <T> T ask(
      String tried,
      Deadline deadline,
      BoundedConnection.Call<org.jdbi.v3.core.Handle, T, RuntimeException> call)
      throws StorageException {
    storage.requireOpen();
    try (BoundedConnection connection = database.borrow(deadline)) {
      return connection.query(deadline, call);
    } catch (SQLException e) {
      throw storage.failed(tried, deadline, e);
    }
  }

  /** Waits a little; true when the time is over. */
  private boolean pause(Deadline deadline) throws StorageException {
    try {
      long nanos = Math.min(ASK_AGAIN.toNanos(), deadline.left().toNanos());
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        storage.requireOpen();
      }
      return deadline.hasPassed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while another led at " + database.address(), e);
    }
  }

  /** Wakes those who wait; called when the storage has been closed. */
  @Override
  public void close() {
    closed.countDown();
  }
}
