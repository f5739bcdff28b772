package io.registrar.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A {@link Login} in the form that the pool wants. */
final class LoginSource implements DataSource {
  private final Login login;
  private final Duration timeout;

  LoginSource(Login login, Duration timeout) {
    this.login = login;
    this.timeout = timeout;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return login.connect(Deadline.after(timeout)).connection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("who logs in is decided by the settings");
  }

  /** How long a login takes is decided by the settings. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(timeout.toSeconds());
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  /** It writes no log of its own. */
  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("it writes no log of its own");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
