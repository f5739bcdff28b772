package io.registrar.jdbc;

import io.registrar.spi.IncompatibleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The tables and views, with a version each: tables of a newer version are refused, views of a
 * newer version left alone. Safe when several processes make them at once.
 */
final class Schema {
  private static final int TABLES = 1;
  private static final int VIEWS = 1;

  /** Any number that is the same in every process: its bytes spell "registra". */
  private static final long LOCK = 0x7265676973747261L;

  /** No right to create; no schema to create in. */
  private static final Set<String> NOT_ALLOWED = Set.of("42501", "3F000");

  private static final String FIND = "select to_regclass('registrar_schema') is not null";
  private static final String VERSION = "select version from registrar_schema where part = :part";
  private static final String REMEMBER =
      """
      insert into registrar_schema (part, version) values (:part, :version)
      on conflict (part) do update set version = excluded.version
      """;

  private final ServerState server;
  private final DatabaseAddress address;

  Schema(ServerState server, DatabaseAddress address) {
    this.server = server;
    this.address = address;
  }

  /** Makes what is missing, and checks what is there. */
  void ensure(Handle handle) throws SQLException, IncompatibleException {
    if (!isCurrent(handle)) {
      try {
        create(handle);
      } catch (JdbiException | SQLException e) {
        SQLException sql = Failures.sqlOf(e);
        if (NOT_ALLOWED.contains(String.valueOf(sql.getSQLState()))) {
          throw notAllowed(sql);
        }
        throw sql;
      }
    }
    TableShape.check(handle, address);
  }

  private boolean isCurrent(Handle handle) throws IncompatibleException {
    return handle.createQuery(FIND).mapTo(Boolean.class).one()
        && version(handle, "tables") == TABLES
        && version(handle, "views") >= VIEWS;
  }

  private int version(Handle handle, String part) throws IncompatibleException {
    Optional<Integer> found =
        handle.createQuery(VERSION).bind("part", part).mapTo(Integer.class).findOne();
    if (part.equals("tables") && found.orElse(0) > TABLES) {
      throw new IncompatibleException(
          "the tables at "
              + address
              + " are of version "
              + found.get()
              + ", made by a newer program; this one knows version "
              + TABLES
              + ": use the newer program");
    }
    return found.orElse(0);
  }

  /** One transaction; whoever comes second waits, and finds all made. */
  private void create(Handle handle) throws SQLException, IncompatibleException {
    handle.begin();
    try {
      handle.execute("select pg_advisory_xact_lock(?)", LOCK);
      if (!isCurrent(handle)) {
        handle.execute("set local client_min_messages = warning");
        run(handle, "tables.sql");
        TableShape.check(handle, address);
        remember(handle, "tables", TABLES);
        run(handle, "views.sql");
        remember(handle, "views", VIEWS);
      }
      handle.commit();
    } catch (Exception e) {
      handle.rollback();
      throw e;
    }
  }

  private static void remember(Handle handle, String part, int version) {
    handle.createUpdate(REMEMBER).bind("part", part).bind("version", version).execute();
  }

  /** Past Jdbi, which would take the colons of casts and of texts for its own. */
  private static void run(Handle handle, String script) throws SQLException {
    try (InputStream stream = Schema.class.getResourceAsStream(script);
        var statement = handle.getConnection().createStatement()) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its own " + script);
      }
      statement.execute(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IncompatibleException notAllowed(SQLException e) {
    String schema = server.schema().isEmpty() ? "NAME" : server.schema();
    return new IncompatibleException(
        server.user()
            + " may not create the registrar's tables and views at "
            + address
            + ": "
            + Failures.reason(e)
            + "; as the owner, run: GRANT CREATE, USAGE ON SCHEMA \""
            + schema
            + "\" TO \""
            + server.user()
            + "\"",
        e);
  }
}
