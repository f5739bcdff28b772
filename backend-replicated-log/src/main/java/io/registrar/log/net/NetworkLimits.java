package io.registrar.log.net;

/**
 * What keeps a network's memory bounded.
 *
 * @param frameBytes the largest frame, sent or received
 * @param queueBytes frames that wait for one peer, in bytes
 * @param queueFrames frames that wait for one peer
 * @param strangers connections that have not introduced themselves; with more, the oldest is closed
 * @param clients clients' requests at a time
 */
public record NetworkLimits(
    int frameBytes, int queueBytes, int queueFrames, int strangers, int clients) {
  /** Frames to 6 MiB (an entry of 4 MiB behind one answer's worth of others), 16 MiB a queue. */
  public static final NetworkLimits DEFAULT = new NetworkLimits(6 << 20, 16 << 20, 1024, 64, 32);

  /** Refuses what could carry nothing. */
  public NetworkLimits {
    if (frameBytes < 1024
        || queueBytes < frameBytes
        || queueFrames < 1
        || strangers < 1
        || clients < 1) {
      throw new IllegalArgumentException(
          "frames of at least 1024 bytes, a queue that holds one, and room for one connection");
    }
  }
}
