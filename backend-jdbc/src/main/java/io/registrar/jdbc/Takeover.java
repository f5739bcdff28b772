package io.registrar.jdbc;

import io.registrar.spi.Floor;
import io.registrar.spi.StorageException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Raises the epoch, and so fences every earlier session. */
final class Takeover {
  private final Database database;
  private final HighWater.Mark least;
  private final String owner;
  private final Floor floor;

  /**
   * @param least where the head must be at least
   */
  Takeover(Database database, HighWater.Mark least, String owner, Floor floor) {
    this.database = database;
    this.least = least;
    this.owner = owner;
    this.floor = floor;
  }

  /**
   * The fence.
   *
   * @param head as the takeover left it
   * @param writer the connection to write on, the caller's own
   */
  record Taken(Head head, Writer writer) {}

  Taken take(Deadline deadline) throws SQLException, StorageException {
    Writer writer = database.writer(deadline);
    boolean taken = false;
    try (Watchdog.Guard guard = database.headLock().watch(writer.connection(), deadline)) {
      Head head =
          writer.connection().query(deadline, handle -> raise(handle, writer.server(), deadline));
      taken = true;
      return new Taken(head, writer);
    } finally {
      if (!taken) {
        writer.abort();
      }
    }
  }

  private Head raise(Handle handle, ServerState server, Deadline deadline)
      throws SQLException, StorageException {
    while (!deadline.hasPassed()) {
      Head seen = least.require(database.head(handle));
      long epoch = Math.max(seen.epoch(), floor.epoch()) + 1;
      Optional<Head> head = database.heads().take(handle, seen, epoch, owner, server);
      if (head.isPresent()) {
        return head.get();
      }
    }
    throw new SQLTimeoutException("others took over all the time");
  }
}
