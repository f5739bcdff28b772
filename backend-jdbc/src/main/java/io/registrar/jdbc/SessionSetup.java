package io.registrar.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sets up a database session so that the contract rests on no default of server, database or role,
 * and asks what the server is.
 */
final class SessionSetup {
  /**
   * One round trip. A server that waits longer for its standbys (remote_apply) keeps that. The
   * planner's switches: every statement of ours goes by the primary key, and a plan that was made
   * while a table was small must not outlive its growth as a scan.
   */
  private static final String SETUP =
      """
      select
        set_config('synchronous_commit',
          case current_setting('synchronous_commit')
            when 'remote_apply' then 'remote_apply' else 'on' end, false),
        set_config('default_transaction_isolation', 'read committed', false),
        set_config('default_transaction_read_only', 'off', false),
        set_config('default_transaction_deferrable', 'off', false),
        set_config('lock_timeout', '0', false),
        set_config('idle_in_transaction_session_timeout', '10min', false),
        set_config('plan_cache_mode', 'force_generic_plan', false),
        set_config('jit', 'off', false),
        set_config('enable_seqscan', 'off', false),
        set_config('enable_hashjoin', 'off', false),
        set_config('enable_mergejoin', 'off', false)
      """;

  private static final String STATE =
      """
      select
        current_setting('server_version_num')::int as version,
        current_setting('server_encoding') as encoding,
        current_setting('fsync') as fsync,
        pg_is_in_recovery() as standby,
        current_setting('transaction_read_only') = 'on' as read_only,
        coalesce(current_schema(), '') as schema,
        current_user as "user",
        case when pg_is_in_recovery() then 0
          else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int
          end as timeline
      """;

  private static final String SYSTEM = "select system_identifier from pg_control_system()";

  private SessionSetup() {}

  static ServerState apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETUP);
    }
    long systemId = systemId(connection);
    try (PreparedStatement statement = connection.prepareStatement(STATE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new ServerState(
          row.getInt("version"),
          row.getString("encoding"),
          row.getString("fsync"),
          row.getBoolean("standby"),
          row.getBoolean("read_only"),
          systemId,
          row.getInt("timeline"),
          row.getString("schema"),
          row.getString("user"));
    }
  }

  /** 0 where the server does not tell us: everybody may ask, unless that was revoked. */
  private static long systemId(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SYSTEM)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      if (Failures.isNotPermitted(e)) {
        return 0;
      }
      throw e;
    }
  }
}
