package io.registrar.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection each use of which ends in time: the server gives up the statement, and if it does
 * not even say so, the connection is aborted. Driven by one thread; {@link #abort} by any.
 */
final class BoundedConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedConnection.class);

  /** Of a deadline's length, what the server may take; the rest is for its answer. */
  private static final int SERVER_PERCENT = 80;

  /** Keeps what it has parsed, which costs a new connection more than its login. */
  private static final SqlParser STATEMENTS = new ColonPrefixSqlParser();

  private final Connection connection;
  private final Watchdog watchdog;
  private final Jdbi jdbi;
  private long statementMillis;

  BoundedConnection(Connection connection, Watchdog watchdog) {
    this.connection = connection;
    this.watchdog = watchdog;
    this.jdbi = Jdbi.create(new Lent(connection)).setSqlParser(STATEMENTS);
  }

  /** Which process of the server serves this connection. */
  int backend() throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  /** Runs a call over JDBC. */
  <T, X extends Exception> T call(Deadline deadline, Call<Connection, T, X> call)
      throws SQLException, X {
    try (Watchdog.Guard guard = watchdog.guard(connection, deadline)) {
      limitStatements(deadline);
      return call.on(connection);
    }
  }

  /** Runs a call through Jdbi. */
  <T, X extends Exception> T query(Deadline deadline, Call<Handle, T, X> call)
      throws SQLException, X {
    try (Watchdog.Guard guard = watchdog.guard(connection, deadline)) {
      limitStatements(deadline);
      try (Handle handle = jdbi.open()) {
        return call.on(handle);
      } catch (JdbiException e) {
        throw Failures.sqlOf(e);
      }
    }
  }

  private void limitStatements(Deadline deadline) throws SQLException {
    long millis = Math.max(1, deadline.length().toMillis() * SERVER_PERCENT / 100);
    // A round trip, so not for the microseconds in which two calls of the same timeout differ.
    if (Math.abs(millis - statementMillis) * 10 > statementMillis) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set statement_timeout = " + millis);
      }
      statementMillis = millis;
    }
  }

  boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Ends the call in progress, if there is one, and the connection. */
  void abort() {
    Watchdog.abort(connection);
  }

  /** Takes leave of the server, or gives the connection back to where it came from. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was lost or aborted, and whoever used it has been told; it must not hide that.
      LOG.debug("a connection was closed that had ended: {}", e.getMessage());
    }
  }

  /** Something done on a connection. */
  @FunctionalInterface
  interface Call<C, T, X extends Exception> {
    T on(C connection) throws SQLException, X;
  }

  /** Lends the connection to a handle, which does not close it. */
  private record Lent(Connection connection) implements ConnectionFactory {
    @Override
    public Connection openConnection() {
      return connection;
    }

    @Override
    public void closeConnection(Connection lent) {}
  }
}
