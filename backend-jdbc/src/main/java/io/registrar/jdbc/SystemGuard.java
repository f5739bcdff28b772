package io.registrar.jdbc;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which server the registry is on, and refuses any other; announces when that server has been
 * replaced by one of its standbys. May be used by any thread.
 */
final class SystemGuard {
  private static final Logger LOG = LoggerFactory.getLogger(SystemGuard.class);

  private final String registry;
  private final Optional<Long> accepted;
  private @Nullable Long systemId;
  private int timeline;
  private long promotions;

  SystemGuard(String registry, Optional<Long> accepted) {
    this.registry = registry;
    this.accepted = accepted;
  }

  /**
   * Begins to guard: from now on the server that the head names, or the accepted one.
   *
   * @param head the head as it was found
   * @param server the server on which it was found
   * @throws UnfitServerException if they do not belong together
   */
  synchronized void expect(Head head, ServerState server) throws UnfitServerException {
    boolean moved = accepted.isPresent() && accepted.get() == server.systemId();
    systemId = moved || head.systemId() == 0 ? server.systemId() : head.systemId();
    timeline = head.timeline() == 0 || moved ? server.timeline() : head.timeline();
    require(server);
  }

  /**
   * @throws UnfitServerException if this is not the server that the registry is on
   */
  synchronized void require(ServerState server) throws UnfitServerException {
    if (systemId == null) {
      return; // the head was not read yet
    }
    if (systemId != 0 && server.systemId() != 0 && systemId != server.systemId()) {
      throw new UnfitServerException(
          UnfitServerException.Reason.OTHER_SYSTEM,
          "the registry "
              + registry
              + " was last written on the system "
              + systemId
              + ", and this is the system "
              + server.systemId()
              + ": another server, or a copy. If it was moved here on purpose, and no master uses the"
              + " other any more, give --jdbc_accept_system="
              + server.systemId());
    }
    if (timeline != 0 && server.timeline() != 0 && timeline != server.timeline()) {
      LOG.warn(
          "The registry {} is now on timeline {} of the system {}; it was on {}: a standby was"
              + " promoted. No sign of loss was found; what the old primary had acknowledged to a"
              + " master that is gone, and had not sent to this standby, cannot be ruled out to be"
              + " lost unless it was a synchronous one.",
          registry,
          server.timeline(),
          systemId,
          timeline);
      timeline = server.timeline();
      promotions++;
    }
  }

  /** The server's timeline, and how often a new one was accepted since this began to guard. */
  synchronized Map<String, Long> gauges() {
    return Map.of("timeline", (long) timeline, "timeline_changes", promotions);
  }
}
