package io.registrar.jdbc;

import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What the driver's exceptions mean for the caller. */
final class Failures {
  /**
   * Classes of SQLState with which a server refuses a statement while its session lives on: what
   * the statement had done is undone. Everything else leaves a commit in doubt.
   */
  private static final Set<String> UNDONE =
      Set.of("0A", "21", "22", "23", "40", "42", "53", "54", "55", "P0");

  /** Cancelled by its timeout, or by a person; and "read only". */
  private static final Set<String> UNDONE_STATES = Set.of("57014", "25006");

  /** Data or index corrupted: the server's own checksums and checks. */
  private static final Set<String> DAMAGE = Set.of("XX001", "XX002");

  /** Login refused: password, no such user, not allowed from here, no such database. */
  private static final Set<String> LOGIN_REFUSED = Set.of("28000", "28P01", "3D000", "08004");

  private static final String GRANT =
      "GRANT SELECT, INSERT, UPDATE, DELETE ON registrar_schema, registrar_head, registrar_record,"
          + " registrar_epoch, registrar_lease TO the user";

  private Failures() {}

  /** Whether the server itself said that it has undone the statement. */
  static boolean certainlyUndone(SQLException e) {
    String state = e.getSQLState();
    return e instanceof PSQLException failure
        && failure.getServerErrorMessage() != null
        && state != null
        && state.length() == 5
        && !state.equals("53300")
        && (UNDONE.contains(state.substring(0, 2)) || UNDONE_STATES.contains(state));
  }

  static boolean isNotPermitted(SQLException e) {
    return "42501".equals(e.getSQLState());
  }

  /** A call that had no effect, or whose effect does not matter. */
  static StorageException of(String tried, DatabaseAddress against, Deadline within, Exception e) {
    String message =
        tried + " at " + against + " failed within " + within.length() + ": " + reason(e);
    SQLException sql = find(e, SQLException.class);
    if (sql instanceof UnfitServerException unfit
        && unfit.reason() != UnfitServerException.Reason.NOT_PRIMARY) {
      return new IncompatibleException(message, e);
    }
    if (sql != null && isNotPermitted(sql)) {
      return new IncompatibleException(message + "; it needs: " + GRANT, e);
    }
    return sql != null && DAMAGE.contains(String.valueOf(sql.getSQLState()))
        ? new DamagedException(message + "; restore it from a backup or a standby", e)
        : new UnavailableException(message, e);
  }

  /** The first login: what is wrong with the settings is no reason to try again. */
  static StorageException ofOpening(DatabaseAddress against, Deadline within, Exception e) {
    SQLException sql = find(e, SQLException.class);
    boolean refused =
        sql instanceof UnfitServerException
            || sql != null
                && sql.getSQLState() != null
                && LOGIN_REFUSED.contains(sql.getSQLState());
    return refused
        ? new IncompatibleException("opening " + against + " is refused: " + reason(e), e)
        : of("opening", against, within, e);
  }

  /** The exception of JDBC inside one of Jdbi. */
  static SQLException sqlOf(Exception e) {
    SQLException sql = find(e, SQLException.class);
    return sql != null ? sql : new SQLException(e);
  }

  /** The innermost sentence; Jdbi's own would quote the statement and everything bound to it. */
  static String reason(Exception e) {
    SQLException sql = find(e, SQLException.class);
    Throwable said = sql == null ? e : sql;
    String message = String.valueOf(said.getMessage()).strip();
    return sql == null || sql.getSQLState() == null
        ? message
        : message + " (SQLState " + sql.getSQLState() + ")";
  }

  /** The innermost cause of this type. */
  private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
    T found = null;
    int depth = 0;
    for (Throwable cause = e; cause != null && depth < 20; cause = cause.getCause(), depth++) {
      if (type.isInstance(cause)) {
        found = type.cast(cause);
      }
    }
    return found;
  }
}
