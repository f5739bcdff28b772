package io.registrar.jdbc;

import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageException;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Opens a registry: looks at the server, makes what is missing, and finds the head. */
final class Opening {
  private final RegistryName registry;
  private final JdbcSettings settings;
  private final Deadline deadline;

  Opening(RegistryName registry, JdbcSettings settings, Deadline deadline) {
    this.registry = registry;
    this.settings = settings;
    this.deadline = deadline;
  }

  Database open() throws StorageException {
    Database database = new Database(registry, settings);
    try {
      Login.LoggedIn loggedIn = database.logIn(deadline);
      try (BoundedConnection connection =
          new BoundedConnection(loggedIn.connection(), database.watchdog())) {
        prepare(database, connection, loggedIn.server());
      }
      return database;
    } catch (SQLException e) {
      database.close();
      throw Failures.ofOpening(settings.address(), deadline, e);
    } catch (StorageException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  private void prepare(Database database, BoundedConnection connection, ServerState server)
      throws SQLException, StorageException {
    Schema schema = new Schema(server, settings.address());
    Head head =
        connection.query(
            deadline,
            handle -> {
              schema.ensure(handle);
              return head(database.heads(), handle, server);
            });
    database.system().expect(head, server);
  }

  private static Head head(HeadTable heads, Handle handle, ServerState server) {
    return heads
        .read(handle)
        .orElseGet(
            () -> {
              heads.create(handle, server);
              return heads.read(handle).orElseThrow();
            });
  }
}
