package io.registrar.log.paxos;

/**
 * What keeps memory and messages small.
 *
 * @param entryBytes the largest encoded entry that is proposed
 * @param pending requests that may wait at one replica
 * @param catchUpBytes of entries in one answer to a learner
 * @param distance how many positions a learner may be behind when it is let vote; one that keeps
 *     pace may be further behind
 */
public record Bounds(int entryBytes, int pending, int catchUpBytes, int distance) {
  /** For a registry: entries to 4 MiB, 64 requests, 1 MiB a catch-up message. */
  public static final Bounds DEFAULT = new Bounds(4 << 20, 64, 1 << 20, 64);

  /** Refuses bounds that no codec reads. */
  public Bounds {
    if (entryBytes < 256
        || entryBytes > Content.LARGEST_PAYLOAD / 2
        || pending < 1
        || catchUpBytes < 1
        || catchUpBytes > Content.LARGEST_PAYLOAD / 2
        || distance < 0) {
      throw new IllegalArgumentException("bounds out of range");
    }
  }
}
