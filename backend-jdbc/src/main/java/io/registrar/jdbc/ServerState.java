package io.registrar.jdbc;

/**
 * What a server says of itself at a login.
 *
 * @param version its version number, such as 180006
 * @param encoding the database's encoding
 * @param fsync its setting of {@code fsync}
 * @param standby whether it only follows another server
 * @param readOnly whether it refuses to write for another reason
 * @param systemId what identifies the server and its physical copies; 0 if it does not say
 * @param timeline which history of that system it is in, one more with every promotion; 0 on a
 *     standby
 * @param schema where our tables are or will be; empty if there is no such schema
 * @param user who we are to it
 */
record ServerState(
    int version,
    String encoding,
    String fsync,
    boolean standby,
    boolean readOnly,
    long systemId,
    int timeline,
    String schema,
    String user) {
  static final int LEAST_VERSION = 120000;

  /**
   * Refuses a server on which the contract cannot be kept.
   *
   * @throws UnfitServerException saying why
   */
  ServerState requireFit() throws UnfitServerException {
    if (standby) {
      throw new UnfitServerException(
          UnfitServerException.Reason.NOT_PRIMARY,
          "it is a standby, which cannot be written to: give the primary's address, or several and"
              + " targetServerType=primary");
    }
    if (readOnly) {
      throw new UnfitServerException(
          UnfitServerException.Reason.NOT_PRIMARY,
          "it is read-only (transaction_read_only is on, also where we ask for off)");
    }
    if (version < LEAST_VERSION) {
      throw unfit("its version is " + version + "; the least is " + LEAST_VERSION + " (12)");
    }
    if (!encoding.equals("UTF8")) {
      throw unfit(
          "the database's encoding is "
              + encoding
              + ", which cannot hold every key: create one with ENCODING 'UTF8' TEMPLATE template0");
    }
    if (!fsync.equals("on")) {
      throw unfit(
          "fsync is "
              + fsync
              + ": a power loss would lose or destroy what was acknowledged; set fsync = on");
    }
    return this;
  }

  private static UnfitServerException unfit(String why) {
    return new UnfitServerException(UnfitServerException.Reason.SETTINGS, why);
  }
}
