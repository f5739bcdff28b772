package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that were read one request after the other. A server runs no read beside a write, so each
 * request sees one state: that of the position which it read last.
 *
 * @param found each name's record, or nothing where there is no such node; may be changed
 * @param first the oldest position that any of them was read at
 * @param last the newest; the same as the first if no commit came between
 */
record ReadRound(Map<NodeName, Optional<StoredRecord>> found, Position first, Position last) {
  static ReadRound of(
      Ensemble ensemble,
      Layout layout,
      Collection<NodeName> names,
      Position noOlderThan,
      Deadline deadline)
      throws StorageException, NoAnswerException {
    RecordFetch fetch = new RecordFetch(ensemble, layout, noOlderThan, List.copyOf(names));
    Map<NodeName, Optional<StoredRecord>> found = new HashMap<>();
    Optional<Position> first = Optional.empty();
    Position last = noOlderThan;
    while (fetch.hasNext()) {
      RecordFetch.Chunk chunk = fetch.next(deadline);
      // Another server may have answered, which lags behind the one before.
      first = Optional.of(first.orElse(chunk.behind()).orEarlier(chunk.behind()));
      last = last.orLater(chunk.behind());
      chunk.found().forEach(one -> found.put(one.name(), one.record()));
    }
    return new ReadRound(found, first.orElse(last), last);
  }

  /** Whether all is of the same moment: no commit came between the requests. */
  boolean isOfOnePosition() {
    return first.zxid() == last.zxid();
  }
}
