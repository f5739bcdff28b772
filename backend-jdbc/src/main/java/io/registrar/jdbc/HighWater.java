package io.registrar.jdbc;

import io.registrar.spi.DamagedException;

/**
 * The furthest position that this process has seen of a registry. A head that lies behind it says
 * that the database was set back: restored, or replaced by a standby that lacked the last commits.
 *
 * <p>May be used by any thread.
 */
final class HighWater {
  private final DatabaseAddress address;
  private long epoch;
  private long version;

  HighWater(DatabaseAddress address) {
    this.address = address;
  }

  /** What any head that is read from now on must reach. */
  synchronized Mark mark() {
    return new Mark(epoch, version, address);
  }

  synchronized void raise(Head head) {
    epoch = Math.max(epoch, head.epoch());
    version = Math.max(version, head.version());
  }

  /**
   * A position seen before.
   *
   * @param epoch the latest epoch
   * @param version the latest version
   * @param address where
   */
  record Mark(long epoch, long version, DatabaseAddress address) {
    /**
     * @throws DamagedException if the head lies behind
     */
    Head require(Head head) throws DamagedException {
      if (!head.isAtLeast(epoch, version)) {
        throw new DamagedException(
            "the registry at "
                + address
                + " was set back: it is at "
                + head
                + ", and this process has seen epoch "
                + epoch
                + ", version "
                + version
                + " there. A standby without the last commits was promoted, or a backup restored:"
                + " bring the later state back, or start anew from this one on purpose");
      }
      return head;
    }
  }
}
