package io.registrar.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts connections whose call has not ended in time. A socket's own timeout bounds reading alone:
 * a write to a server that does not read would hang.
 *
 * <p>One thread, until it is closed. All methods may be called by any thread.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final ScheduledThreadPoolExecutor timer;

  Watchdog(String name) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "registrar-jdbc-watchdog-" + name);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Aborts this connection when the deadline passes, unless the guard was closed before.
   *
   * @throws SQLException this is closed: nobody would end a call that hangs
   */
  Guard guard(Connection connection, Deadline deadline) throws SQLException {
    return after(deadline, () -> abort(connection));
  }

  /**
   * Has something short done when the deadline passes, unless the guard was closed before.
   *
   * @throws SQLException this is closed
   */
  Guard after(Deadline deadline, Runnable task) throws SQLException {
    try {
      Future<?> planned = timer.schedule(task, deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      return () -> planned.cancel(false);
    } catch (RejectedExecutionException e) {
      throw new SQLException("the storage was closed before the call began", e);
    }
  }

  /** Ends whatever waits on this connection; its server learns of it when it next looks. */
  static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.warn("a connection could not be aborted: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }

  /** Takes back what was planned. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }
}
