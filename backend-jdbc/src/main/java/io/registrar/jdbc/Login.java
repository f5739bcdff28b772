package io.registrar.jdbc;

import io.registrar.spi.RegistryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/**
 * Makes connections: each logs in within its time, has its session set up for us whatever the
 * server's defaults are, and belongs to a server that was found fit. May be used by any thread.
 */
final class Login {
  private static final Driver DRIVER = new Driver();

  private final RegistryName registry;
  private final JdbcSettings settings;
  private final Watchdog watchdog;
  private final SystemGuard system;

  Login(RegistryName registry, JdbcSettings settings, Watchdog watchdog, SystemGuard system) {
    this.registry = registry;
    this.settings = settings;
    this.watchdog = watchdog;
    this.system = system;
  }

  /**
   * @param connection with nothing bounded any more
   * @param server what the server said of itself
   */
  record LoggedIn(Connection connection, ServerState server) {}

  /** Which database this logs in to. */
  DatabaseAddress address() {
    return settings.address();
  }

  /**
   * A new connection.
   *
   * @throws UnfitServerException if the server must not be used
   */
  LoggedIn connect(Deadline deadline) throws SQLException {
    Deadline login = deadline.atMost(settings.connectTimeout());
    PgConnection connection = logIn(login);
    try (Watchdog.Guard guard = watchdog.guard(connection, login)) {
      // Reading was bounded for the login; from now on the watchdog bounds every call.
      connection.setNetworkTimeout(Runnable::run, 0);
      ServerState state = SessionSetup.apply(connection).requireFit();
      system.require(state);
      return new LoggedIn(connection, state);
    } catch (SQLException | JdbiException | Error e) {
      Watchdog.abort(connection);
      throw e;
    }
  }

  private PgConnection logIn(Deadline deadline) throws SQLException {
    if (deadline.hasPassed()) {
      throw new SQLException("no time was left to log in", "08001");
    }
    Connection connection = DRIVER.connect(settings.address().url(), properties(deadline));
    if (connection == null) {
      throw new SQLException("the driver does not take " + settings.address(), "08001");
    }
    return connection.unwrap(PgConnection.class);
  }

  private Properties properties(Deadline deadline) throws SQLException {
    Properties properties = new Properties();
    settings.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    if (settings.passwordFile().isPresent()) {
      PGProperty.PASSWORD.set(properties, readPassword(settings.passwordFile().get()));
    }
    String seconds = Long.toString(1 + deadline.leftMillis() / 1000);
    PGProperty.LOGIN_TIMEOUT.set(
        properties, String.format(Locale.ROOT, "%.3f", deadline.leftMillis() / 1000.0));
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.PREPARE_THRESHOLD.set(properties, 1);
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "12");
    PGProperty.APPLICATION_NAME.set(properties, "registrar " + registry);
    return properties;
  }

  private static String readPassword(Path file) throws SQLException {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty() ? "" : lines.get(0);
    } catch (IOException e) {
      throw new SQLException(
          "--jdbc_password_file=" + file + " cannot be read: " + e.getClass().getSimpleName(),
          "28000",
          e);
    }
  }
}
