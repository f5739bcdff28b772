package io.registrar.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends whoever keeps us from the head's row. A server works on a commit whose last bytes have not
 * come, and holds the row for a master that may be stopped, or cut off, for ever.
 *
 * <p>May be used by any thread.
 */
final class HeadLock {
  private static final Logger LOG = LoggerFactory.getLogger(HeadLock.class);

  /** How long one that waits for its client is let be, and how often we look. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** How long one that works is let be. */
  private static final Duration WORK = Duration.ofSeconds(2);

  /** Who blocks us, through any number of others that wait, and is not blocked itself. */
  private static final String END =
      """
      with recursive blocking (pid) as (
        select unnest(pg_blocking_pids(:pid))
        union
        select unnest(pg_blocking_pids(pid)) from blocking)
      select pid, coalesce(usename, '?') as who, coalesce(application_name, '?') as program,
        pg_terminate_backend(pid) as ended
      from blocking join pg_stat_activity using (pid)
      where backend_type = 'client backend' and pid <> pg_backend_pid() and pid <> :pid
        and cardinality(pg_blocking_pids(pid)) = 0
        and (:working or coalesce(wait_event_type, '') = 'Client'
          or state like 'idle in transaction%')
      """;

  private final ReadPool pool;
  private final Watchdog watchdog;

  HeadLock(ReadPool pool, Watchdog watchdog) {
    this.pool = pool;
    this.watchdog = watchdog;
  }

  /**
   * Watches over a statement that needs the head's row, until the guard is closed.
   *
   * @param waiting on which it is about to run
   */
  Watchdog.Guard watch(BoundedConnection waiting, Deadline deadline) throws SQLException {
    int pid = waiting.backend();
    CountDownLatch done = new CountDownLatch(1);
    Thread breaker = new Thread(() -> breakFree(pid, deadline, done), "registrar-jdbc-head-lock");
    breaker.setDaemon(true);
    Watchdog.Guard start = watchdog.after(deadline.atMost(PATIENCE), breaker::start);
    return () -> {
      start.close();
      done.countDown();
    };
  }

  private void breakFree(int pid, Deadline deadline, CountDownLatch done) {
    Deadline work = Deadline.after(WORK);
    try {
      // Once the statement is through, its process may do other things, and is none of ours to
      // free.
      while (done.getCount() > 0 && !deadline.hasPassed()) {
        end(pid, work.hasPassed(), deadline);
        if (done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (SQLException e) {
      LOG.warn("who blocks the head's row cannot be ended: {}", Failures.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(int pid, boolean working, Deadline deadline) throws SQLException {
    try (BoundedConnection connection = pool.borrow(deadline)) {
      connection.query(deadline, handle -> endBlockers(handle, pid, working)).forEach(LOG::warn);
    }
  }

  private static List<String> endBlockers(Handle handle, int pid, boolean working) {
    return handle
        .createQuery(END)
        .bind("pid", pid)
        .bind("working", working)
        .map(
            (row, context) ->
                "The server's process "
                    + row.getInt("pid")
                    + " of "
                    + row.getString("who")
                    + " ("
                    + row.getString("program")
                    + ") held the registry's head, and was ended: "
                    + row.getBoolean("ended"))
        .list();
  }
}
