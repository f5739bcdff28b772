package io.registrar.log.replica;

import io.registrar.log.paxos.Delivery.Notice;
import io.registrar.log.paxos.Delivery.Noticed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person what a replica has noticed of others: one line of a kind in a minute, for whoever
 * is not as it should be goes on speaking. Used by one thread.
 */
final class NoticeLog {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeLog.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<Notice, Long> last = new HashMap<>();

  void tell(Noticed noticed) {
    long now = System.nanoTime();
    Long before = last.get(noticed.notice());
    if (before == null || now - before >= QUIET_NANOS) {
      last.put(noticed.notice(), now);
      LOG.warn("member {} {}", noticed.about().value(), sentence(noticed.notice()));
    }
  }

  private static String sentence(Notice notice) {
    return switch (notice) {
      case MALFORMED -> "sends what is no message of this log; it was ignored";
      case FOREIGN ->
          "is of another log, and is not heard; if it is to join this one, move its log's directory"
              + " away and add it";
      case IMPOSTOR -> "is spoken for by a connection of another one; that was ignored";
      case SET_BACK ->
          "shows less than was seen of it: its directory was set back or is used twice; it does not"
              + " count until it has recovered";
      case TWIN ->
          "is claimed by a second process with another directory, while the first one answers; the"
              + " second is refused";
    };
  }
}
