package io.registrar.spi;

/**
 * A position that a new session must be beyond: the epoch that {@link Storage#acquire} gives is
 * greater than the floor's (rule 3.1), and the session's first commit gets a version greater than
 * the floor's (rule 2.3).
 *
 * <p>The epoch is taken over by the engine at once; the version binds the session that was acquired
 * with this floor, so whoever restores passes the floor until a commit has succeeded.
 *
 * <p>It lets a registry that was restored from a backup or migrated from elsewhere go on where the
 * old one had been, so that no epoch or version is ever used twice.
 *
 * @param epoch an epoch, 0 or more
 * @param version a version, 0 or more
 */
public record Floor(long epoch, long version) {
  /** No floor: the storage's own position alone counts. */
  public static final Floor NONE = new Floor(0, 0);

  public Floor {
    if (epoch < 0 || version < 0) {
      throw new IllegalArgumentException(
          "a floor's epoch and version are 0 or more; got " + epoch + " and " + version);
    }
  }
}
