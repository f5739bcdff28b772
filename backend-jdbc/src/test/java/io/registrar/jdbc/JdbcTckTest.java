package io.registrar.jdbc;

import io.registrar.spi.RegistryName;
import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PostgreSQL keeps the storage contract. */
class JdbcTckTest extends StorageTck {
  private final Queue<String> databases = new ConcurrentLinkedQueue<>();

  /** Comes after the kit has closed what a rule has opened: nobody uses them any more. */
  @RegisterExtension
  final AfterEachCallback giveBack =
      context -> {
        for (String database = databases.poll(); database != null; database = databases.poll()) {
          PostgresServer.shared().takeBack(database);
        }
      };

  @Override
  protected StorageTarget target(Path directory) {
    PostgresServer server = PostgresServer.shared();
    try {
      String database = server.createDatabase();
      databases.add(database);
      return new StorageTarget(
          JdbcStorageProvider.class,
          Map.of(
              "jdbc_url",
              server.url(database),
              "jdbc_user",
              PostgresServer.USER,
              "jdbc_connect_timeout",
              "20secs",
              "jdbc_password_file",
              server.passwordFile().toString()),
          RegistryName.DEFAULT,
          directory);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Faults faults() {
    return Faults.none()
        .withConnection(
            PostgresServer.shared().address(),
            (target, proxy) -> {
              String url = target.options().get("jdbc_url");
              String database = url.substring(url.lastIndexOf('/') + 1);
              return target.with("jdbc_url", PostgresServer.url(proxy, database));
            })
        .withForeignFormat(
            target -> {
              String url = target.options().get("jdbc_url");
              String database = url.substring(url.lastIndexOf('/') + 1);
              try (Connection connection = PostgresServer.shared().connect(database);
                  Statement statement = connection.createStatement()) {
                statement.execute("create table registrar_record (name text, value text)");
              }
            });
  }
}
