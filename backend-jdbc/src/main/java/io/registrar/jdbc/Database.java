package io.registrar.jdbc;

import io.registrar.spi.DamagedException;
import io.registrar.spi.RegistryName;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/**
 * One registry's way to its database: all connections come from here. May be used by any thread.
 */
final class Database implements AutoCloseable {
  private final RegistryName registry;
  private final JdbcSettings settings;
  private final Watchdog watchdog;
  private final SystemGuard system;
  private final Login login;
  private final ReadPool pool;
  private final HeadTable heads;
  private final HeadLock headLock;

  Database(RegistryName registry, JdbcSettings settings) {
    this.registry = registry;
    this.settings = settings;
    watchdog = new Watchdog(registry.text());
    system = new SystemGuard(registry.text(), settings.acceptedSystem());
    login = new Login(registry, settings, watchdog, system);
    pool = new ReadPool(registry, login, watchdog, settings);
    heads = new HeadTable(registry);
    headLock = new HeadLock(pool, watchdog);
  }

  RegistryName registry() {
    return registry;
  }

  JdbcSettings settings() {
    return settings;
  }

  DatabaseAddress address() {
    return settings.address();
  }

  Watchdog watchdog() {
    return watchdog;
  }

  SystemGuard system() {
    return system;
  }

  HeadTable heads() {
    return heads;
  }

  HeadLock headLock() {
    return headLock;
  }

  /**
   * Reads the head.
   *
   * @throws DamagedException if there is none any more
   */
  Head head(Handle handle) throws DamagedException {
    return heads
        .read(handle)
        .orElseThrow(
            () ->
                new DamagedException(
                    "the registry "
                        + registry
                        + " at "
                        + address()
                        + " has lost its row in registrar_head: restore the table from a backup"));
  }

  /** A connection of its own, which the caller ends. */
  Login.LoggedIn logIn(Deadline deadline) throws SQLException {
    return login.connect(deadline);
  }

  /** A connection of its own to write on, which the caller ends. */
  Writer writer(Deadline deadline) throws SQLException {
    return new Writer(login.connect(deadline), this);
  }

  /** A connection out of the pool, to which closing gives it back. */
  BoundedConnection borrow(Deadline deadline) throws SQLException {
    return pool.borrow(deadline);
  }

  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }
}
