package io.registrar.jdbc;

import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A database on a test's server, and how a test opens registries in it.
 *
 * @param server where it is
 * @param name its name
 */
record TestDatabase(PostgresServer server, String name) {
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  static TestDatabase fresh() throws SQLException {
    return on(PostgresServer.shared());
  }

  static TestDatabase on(PostgresServer server) throws SQLException {
    return new TestDatabase(server, server.createDatabase());
  }

  String url() {
    return server.url(name);
  }

  /** Opens the default registry with the superuser. */
  Storage open() throws StorageException {
    return open(Map.of());
  }

  /** Opens the default registry, with other options than the usual. */
  Storage open(Map<String, String> options) throws StorageException {
    Map<String, String> all = new TreeMap<>();
    all.put("jdbc_url", url());
    all.put("jdbc_user", PostgresServer.USER);
    all.put("jdbc_password_file", server.passwordFile().toString());
    // A machine that builds much else at the same time is no reason to fail.
    all.put("jdbc_connect_timeout", "20secs");
    all.putAll(options);
    JdbcStorageProvider provider = new JdbcStorageProvider();
    return provider.open(
        StorageSettings.read(provider, RegistryName.DEFAULT, Path.of("."), all), TIMEOUT);
  }

  /** A session whose snapshot has been closed. */
  static StorageSession lead(Storage storage) throws StorageException {
    StorageSession session = storage.acquire("test", Floor.NONE, TIMEOUT);
    session.snapshot().close();
    return session;
  }

  static Batch put(String id, String value) {
    return Batch.of(Header.of(id.getBytes(StandardCharsets.UTF_8)))
        .put(new RecordKey("test", id), value.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** All records as text, by id. */
  static Map<String, String> records(Storage storage) throws StorageException {
    Map<String, String> records = new TreeMap<>();
    try (Snapshot snapshot = storage.read(TIMEOUT)) {
      for (Optional<StoredRecord> next = snapshot.next();
          next.isPresent();
          next = snapshot.next()) {
        records.put(next.get().key().id(), new String(next.get().value(), StandardCharsets.UTF_8));
      }
    }
    return records;
  }

  /** Runs SQL as the superuser; the rows as text, columns joined by {@code |}. */
  List<String> sql(String sql) throws SQLException {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        ResultSet row = statement.getResultSet();
        while (row.next()) {
          List<String> columns = new ArrayList<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            columns.add(row.getString(i));
          }
          rows.add(String.join("|", columns));
        }
      }
      return rows;
    }
  }
}
