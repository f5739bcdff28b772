package io.registrar.jdbc;

import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.StorageException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;

/**
 * Finds out what became of a commit whose answer was lost. Reading alone could not say that it had
 * no effect, for it may still be on its way: so the head's fence is moved first, on a connection of
 * its own, after which a straggler finds another fence than the one it names (rule 5.2).
 */
final class Settlement {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Database database;
  private final Head known;
  private final long next;
  private final SQLException lost;

  /**
   * @param known the head that the commit was to follow
   * @param next the version that it was to make
   * @param lost how its answer was lost
   */
  Settlement(Database database, Head known, long next, SQLException lost) {
    this.database = database;
    this.known = known;
    this.next = next;
    this.lost = lost;
  }

  /**
   * What was found.
   *
   * @param head the head after the settlement
   * @param writer a new connection for the session, if the epoch goes on
   */
  record Settled(Head head, Optional<Writer> writer) {}

  /**
   * Tries until the deadline, for a server that is being started again answers only after a while.
   *
   * @return the head: at the commit's version if it took effect, else as it was known
   * @throws CommitUnknownException if it could not be found out
   * @throws FencedException if the commit had no effect, and the epoch is over
   * @throws DamagedException if the head is neither as before nor as after the commit
   */
  Settled settle(Deadline deadline) throws StorageException {
    boolean interrupted = false;
    SQLException last = lost;
    try {
      while (!deadline.hasPassed()) {
        interrupted |= Thread.interrupted();
        try {
          return attempt(deadline);
        } catch (SQLException e) {
          e.addSuppressed(last);
          last = e;
        }
        LockSupport.parkNanos(Math.min(PAUSE_NANOS, deadline.left().toNanos()));
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw new CommitUnknownException(
        "version "
            + next
            + " of epoch "
            + known.epoch()
            + " was sent to "
            + database.address()
            + ", the answer was lost ("
            + Failures.reason(lost)
            + "), and what became of it could not be found out in time: "
            + Failures.reason(last),
        last);
  }

  private Settled attempt(Deadline deadline) throws SQLException, StorageException {
    Writer writer = database.writer(deadline);
    boolean kept = false;
    try (Watchdog.Guard guard = database.headLock().watch(writer.connection(), deadline)) {
      Settled settled = writer.connection().query(deadline, handle -> outdate(handle, writer));
      kept = settled.writer().isPresent();
      return settled;
    } finally {
      if (!kept) {
        writer.abort();
      }
    }
  }

  private Settled outdate(Handle handle, Writer writer) throws StorageException {
    Optional<Head> moved =
        database.heads().outdate(handle, known.epoch(), known.fence() + 1, writer.server());
    if (moved.isEmpty()) {
      return overtaken(handle);
    }
    long version = moved.get().version();
    if (version != next && version != known.version()) {
      throw neither(moved.get());
    }
    return new Settled(moved.get(), Optional.of(writer));
  }

  /** The epoch is over, and with it every straggler; the history says where it ended. */
  private Settled overtaken(Handle handle) throws StorageException {
    Head head = database.head(handle);
    if (head.epoch() < known.epoch()) {
      throw neither(head);
    }
    OptionalLong end = database.heads().versionAtNextEpoch(handle, known.epoch());
    if (end.isEmpty()) {
      throw new CommitUnknownException(
          "epoch "
              + known.epoch()
              + " was fenced by epoch "
              + head.epoch()
              + " while version "
              + next
              + " was under way, and where it ended is not remembered any more",
          lost);
    }
    if (end.getAsLong() == known.version()) {
      throw new FencedException(
          "epoch "
              + known.epoch()
              + " was fenced by epoch "
              + head.epoch()
              + " at "
              + database.address(),
          lost);
    }
    if (end.getAsLong() != next) {
      throw neither(head);
    }
    return new Settled(head, Optional.empty());
  }

  private DamagedException neither(Head head) {
    return new DamagedException(
        "the head at "
            + database.address()
            + " is at "
            + head
            + ", which is neither before nor after version "
            + next
            + " of epoch "
            + known.epoch()
            + ": it was set back, or changed by something else",
        lost);
  }
}
