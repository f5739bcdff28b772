package io.registrar.jdbc;

import io.registrar.spi.Batch;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection that a session writes on, with its statement prepared. One thread drives it. */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final BoundedConnection connection;
  private final ServerState server;
  private final CommitStatement commit;

  Writer(Login.LoggedIn loggedIn, Database database) throws SQLException {
    Connection raw = loggedIn.connection();
    server = loggedIn.server();
    connection = new BoundedConnection(raw, database.watchdog());
    commit = new CommitStatement(raw, database.registry(), server.timeline());
  }

  BoundedConnection connection() {
    return connection;
  }

  ServerState server() {
    return server;
  }

  /** Commits; an exception leaves the outcome open, unless the server says that it undid it. */
  boolean commit(Batch batch, Head known, long next, Deadline deadline) throws SQLException {
    return connection.call(deadline, raw -> commit.run(batch, known, next));
  }

  boolean isClosed() {
    return connection.isClosed();
  }

  /** Ends the connection, whatever is going on there. */
  void abort() {
    connection.abort();
  }

  /** Takes leave of the server; idempotent. */
  void close() {
    try (BoundedConnection ended = connection;
        CommitStatement statement = commit) {
      LOG.debug("a writing connection is closed");
    } catch (SQLException e) {
      LOG.debug("a writing connection ended: {}", e.getMessage());
    }
  }
}
