package io.registrar.jdbc;

import java.sql.SQLException;

/** A login succeeded, but at a server that must not be used. */
final class UnfitServerException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  UnfitServerException(Reason reason, String why) {
    super("the server is refused: " + why);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** Why a server must not be used. */
  enum Reason {
    /** It cannot be written to now; during a failover that may change. */
    NOT_PRIMARY,
    /** Its settings would break the contract. */
    SETTINGS,
    /** It is not the server that the registry is on. */
    OTHER_SYSTEM
  }
}
