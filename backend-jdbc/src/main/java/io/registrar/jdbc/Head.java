package io.registrar.jdbc;

import io.registrar.spi.Header;

/**
 * The row that everything hangs on: who may write, and what was written last.
 *
 * @param epoch of the latest acquire
 * @param version of the latest commit
 * @param fence outdates commits that are still on their way: a commit names the one it knows
 * @param header of the latest commit
 * @param systemId which server it was last written on; 0 if that is not known
 * @param timeline in which history of that server; 0 if that is not known
 */
record Head(long epoch, long version, long fence, Header header, long systemId, int timeline) {
  /** Whether this head can come after a position that was seen before. */
  boolean isAtLeast(long otherEpoch, long otherVersion) {
    return epoch >= otherEpoch && version >= otherVersion;
  }

  @Override
  public String toString() {
    return "epoch " + epoch + ", version " + version;
  }
}
