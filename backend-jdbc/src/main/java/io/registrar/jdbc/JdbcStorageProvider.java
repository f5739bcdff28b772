package io.registrar.jdbc;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code --registry=jdbc}: keeps registries in a PostgreSQL database, shared by all masters that
 * have its address; fenced by a row, with an election by a lease. {@code docs/jdbc.md} says what
 * PostgreSQL has to promise for it.
 */
public final class JdbcStorageProvider implements StorageProvider {
  static final StorageOption<DatabaseAddress> URL =
      StorageOption.of(
          "jdbc_url",
          "jdbc:postgresql://HOST/DATABASE",
          "the database, with the driver's own parameters, such as those for TLS; no password",
          DatabaseAddress::parse);

  static final StorageOption<String> USER =
      StorageOption.text("jdbc_user", "NAME", "who logs in, unless the URL says it");

  static final StorageOption<Path> PASSWORD_FILE =
      StorageOption.path(
          "jdbc_password_file",
          "a file whose first line is the password, read at every login, so that it can be changed");

  static final StorageOption<Integer> POOL_SIZE =
      StorageOption.integer(
              "jdbc_pool_size",
              "the most connections for reading at a time; a leader has one more to write",
              2,
              1000)
          .orElse("16");

  static final StorageOption<Integer> FETCH_SIZE =
      StorageOption.integer(
              "jdbc_fetch_size", "the most records that are fetched at a time", 1, 100_000)
          .orElse("2000");

  static final StorageOption<Duration> CONNECT_TIMEOUT =
      StorageOption.duration("jdbc_connect_timeout", "how long one login may take").orElse("5secs");

  static final StorageOption<Duration> LEASE =
      StorageOption.duration(
              "jdbc_lease", "how long an elected master leads after it was last heard of")
          .orElse("10secs");

  static final StorageOption<Long> ACCEPT_SYSTEM =
      StorageOption.of(
          "jdbc_accept_system",
          "IDENTIFIER",
          "the system identifier of a server to which the registry was moved on purpose (restored,"
              + " upgraded), where it had been written on another",
          Long::valueOf);

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public String description() {
    return "a PostgreSQL database that all masters share: fenced, with an election and SQL views";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(
        URL, USER, PASSWORD_FILE, POOL_SIZE, FETCH_SIZE, CONNECT_TIMEOUT, LEASE, ACCEPT_SYSTEM);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Creates its tables and views where they are not there yet, which needs {@code CREATE} on the
   * schema; else {@code SELECT, INSERT, UPDATE, DELETE} on them suffices.
   */
  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    return JdbcStorage.open(settings.registry(), JdbcSettings.of(settings), timeout);
  }
}
