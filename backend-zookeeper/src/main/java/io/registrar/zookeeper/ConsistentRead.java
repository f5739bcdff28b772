package io.registrar.zookeeper;

import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Collection;
import java.util.Optional;

/**
 * Reads one version's state while others commit (rule 4.2): first everything, then again what the
 * journal says was changed meanwhile, until what was read is exactly one version's. Used by one
 * thread.
 */
final class ConsistentRead {
  /** What was read: a position, and exactly the records of its version. */
  record Image(Position at, Collection<StoredRecord> records) {}

  private final Ensemble ensemble;
  private final Layout layout;
  private final HeadNodes nodes;

  ConsistentRead(Ensemble ensemble, Layout layout, HeadNodes nodes) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.nodes = nodes;
  }

  /** An image no older than any commit that was acknowledged before the call. */
  Image take(Deadline deadline) throws StorageException, NoAnswerException {
    while (true) {
      Position from = nodes.latest(deadline);
      Listing listing = Listing.of(ensemble, layout, from, deadline);
      ReadRound everything =
          ReadRound.of(ensemble, layout, listing.records(), listing.behind(), deadline);
      Optional<Image> image = new CatchUp(ensemble, layout, everything).image(from, deadline);
      if (image.isPresent()) {
        return image.get();
      }
    }
  }
}
