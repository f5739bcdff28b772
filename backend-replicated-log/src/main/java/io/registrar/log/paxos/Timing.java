package io.registrar.log.paxos;

/**
 * Lengths of time, in ticks. A tick is what the shell makes of it, 100 ms for example; no fact that
 * a caller is told rests on it.
 *
 * @param heartbeat between two heartbeats of a coordinator
 * @param lease how long a coordinator counts its lease, from when it sent the heartbeat
 * @param grace how much longer a member refuses campaigns, from when it received the heartbeat: the
 *     clocks of two members may differ in rate by {@code grace / (lease + grace)}
 * @param retry after which an unanswered message is sent again
 * @param backoff after which a deposed coordinator tries again; a random length up to twice this
 * @param status between two statuses to each peer
 * @param silence after which an incarnation that has not answered may be replaced
 * @param feedSilence after which a learner that has gone quiet no longer holds up truncation
 */
public record Timing(
    int heartbeat,
    int lease,
    int grace,
    int retry,
    int backoff,
    int status,
    int silence,
    int feedSilence) {
  /** Lengths for a tick of 100 ms. */
  public static final Timing DEFAULT = new Timing(2, 15, 5, 4, 4, 10, 30, 600);

  /** Refuses lengths below one tick, and a lease that a heartbeat cannot renew. */
  public Timing {
    int least =
        Math.min(
            Math.min(Math.min(heartbeat, retry), Math.min(backoff, status)),
            Math.min(Math.min(silence, feedSilence), grace));
    if (least < 1 || lease <= heartbeat) {
      throw new IllegalArgumentException(
          "every length is at least a tick, a lease over a heartbeat");
    }
  }
}
