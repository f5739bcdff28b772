package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one version's state while others commit (rule 4.2): first everything, then again what the
 * journal says was changed meanwhile, and so on, each time less, until the head was the same before
 * and after. Used once, by one thread.
 */
final class ConsistentRead {
  /** What was read: a position, and exactly the records of its version. */
  record Image(Position at, Collection<StoredRecord> records) {}

  private final Ensemble ensemble;
  private final Layout layout;
  private final HeadNodes nodes;
  private final Map<NodeName, StoredRecord> records = new HashMap<>();

  ConsistentRead(Ensemble ensemble, Layout layout, HeadNodes nodes) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.nodes = nodes;
  }

  Image take(Deadline deadline) throws StorageException, NoAnswerException {
    while (true) {
      Position from = nodes.latest(deadline);
      records.clear();
      Listing listing = Listing.of(ensemble, layout, from, deadline);
      Position newest = fetch(listing.records(), listing.behind(), deadline);
      Optional<Position> reached = catchUp(from, newest, deadline);
      if (reached.isPresent()) {
        return new Image(reached.get(), records.values());
      }
    }
  }

  /**
   * @param from all records that the journal does not name after it are right
   * @param newest the newest head that any of the records was read with
   * @return the head that all records are of; empty if the journal does not reach back to it
   */
  private Optional<Position> catchUp(Position from, Position newest, Deadline deadline)
      throws StorageException, NoAnswerException {
    Position rightAt = from;
    Position seen = newest;
    while (true) {
      Position now = noOlderThan(seen, deadline);
      if (now.zxid() == rightAt.zxid()) {
        return Optional.of(now);
      }
      var touched = new Journal(ensemble, layout).touched(rightAt.version(), now, deadline);
      if (touched.isEmpty()) {
        return Optional.empty();
      }
      seen = fetch(List.copyOf(touched.get()), now, deadline);
      rightAt = now;
    }
  }

  private Position fetch(List<NodeName> names, Position noOlderThan, Deadline deadline)
      throws StorageException, NoAnswerException {
    RecordFetch fetch = new RecordFetch(ensemble, layout, noOlderThan, names);
    Position newest = noOlderThan;
    while (fetch.hasNext()) {
      RecordFetch.Chunk chunk = fetch.next(deadline);
      newest = chunk.behind();
      for (RecordFetch.Found found : chunk.found()) {
        found
            .record()
            .ifPresentOrElse(
                record -> records.put(found.name(), record), () -> records.remove(found.name()));
      }
    }
    return newest;
  }

  private Position noOlderThan(Position seen, Deadline deadline)
      throws StorageException, NoAnswerException {
    return new ReadPipeline(
            ensemble, layout, seen, List.of(List.<org.apache.zookeeper.Op>of()).iterator())
        .next(deadline)
        .behind();
  }
}
