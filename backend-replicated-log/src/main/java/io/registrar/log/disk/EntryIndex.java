package io.registrar.log.disk;

import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Position;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the last entry written at each position stands: 8 bytes a position. Follows the records as
 * {@code Restored} in the core reads them: staged entries become the log when they are installed.
 *
 * <p>Thread-safe.
 */
final class EntryIndex {
  /** A segment, and the offset in it. */
  record Location(long segment, long offset) {}

  private Locations log = new Locations();
  private Locations staged = new Locations();
  private Optional<Footing> staging = Optional.empty();

  synchronized void note(StoredRecord stored) {
    DurableRecord durable = stored.record();
    if (durable instanceof DurableRecord.Accepted it) {
      log.put(it.position().value(), stored.segment(), stored.offset());
    } else if (durable instanceof DurableRecord.Learned it) {
      log.put(it.position().value(), stored.segment(), stored.offset());
    } else if (durable instanceof DurableRecord.Staged it) {
      staged.put(it.position().value(), stored.segment(), stored.offset());
    } else if (durable instanceof DurableRecord.Staging it) {
      if (staging.filter(it.footing()::equals).isEmpty()) {
        staging = Optional.of(it.footing());
        staged = new Locations();
      }
    } else if (durable instanceof DurableRecord.Installed) {
      log = staged;
      staged = new Locations();
      staging = Optional.empty();
    } else if (durable instanceof DurableRecord.Truncated it) {
      log.dropBelow(it.footing().base().begin().value());
    }
  }

  synchronized void dropBelow(Position begin) {
    log.dropBelow(begin.value());
  }

  synchronized Optional<Location> find(Position position) {
    return log.find(position.value());
  }

  /** The first position that has an entry; {@link Position#ZERO} if none has. */
  synchronized Position begin() {
    return log.begin();
  }

  /** The last position that has an entry; {@link Position#ZERO} if none has. */
  synchronized Position end() {
    return log.end();
  }

  /** The first segment that holds an entry which is still needed. */
  synchronized OptionalLong firstSegment() {
    long first = Math.min(log.firstSegment(), staged.firstSegment());
    return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
  }
}
