package io.registrar.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import io.registrar.spi.RegistryName;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections for all that comes and goes: reads, elections, looking who blocks. HikariCP keeps
 * them; a wait for one ends with the caller's own deadline, for which its pool is used directly.
 *
 * <p>Connections are made when they are needed, and let go when they have not been for a while. May
 * be used by any thread.
 */
final class ReadPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadPool.class);
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private static final long SLICE_MILLIS = 500;

  private final HikariPool pool;
  private final Watchdog watchdog;
  private volatile boolean closed;

  ReadPool(RegistryName registry, Login login, Watchdog watchdog, JdbcSettings settings) {
    this.watchdog = watchdog;
    HikariConfig config = new HikariConfig();
    config.setPoolName("registrar-jdbc-" + registry);
    config.setDataSource(new LoginSource(login, settings.connectTimeout()));
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.validate();
    pool = new HikariPool(config);
  }

  /** Borrows a connection; closing it gives it back, unless it was aborted. */
  BoundedConnection borrow(Deadline deadline) throws SQLException {
    while (true) {
      if (closed) {
        throw new SQLException("the pool was closed", "08003");
      }
      try {
        // In slices, for one who waits is not woken when the pool is closed.
        long millis = Math.min(SLICE_MILLIS, Math.max(1, deadline.leftMillis()));
        return new BoundedConnection(pool.getConnection(millis), watchdog);
      } catch (SQLTransientConnectionException e) {
        if (deadline.hasPassed()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      pool.shutdown();
    } catch (InterruptedException e) {
      LOG.warn("interrupted while closing connections; they end by themselves");
      Thread.currentThread().interrupt();
    }
  }
}
