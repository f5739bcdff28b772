package io.registrar.zookeeper;

import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registry in an ensemble. */
final class ZooKeeperStorage implements Storage {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperStorage.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Ensemble ensemble;
  private final Layout layout;
  private final MessageBudget budget;
  private final HeadNodes nodes;
  private final Failures failures;
  private final OpenCalls calls;
  private final LatchElection election;

  ZooKeeperStorage(Ensemble ensemble, Layout layout, MessageBudget budget) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.budget = budget;
    this.nodes = new HeadNodes(ensemble, layout);
    this.failures = new Failures(ensemble);
    this.calls = new OpenCalls("the registry " + layout.root() + " in " + ensemble);
    this.election = new LatchElection(calls, ensemble, layout);
  }

  @Override
  public Limits limits() {
    return budget.limits();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DURABLE, Capability.SHARED, Capability.ELECTION);
  }

  @Override
  public StorageSession acquire(String owner, Floor beyond, Duration timeout)
      throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    try (OpenCalls.Call call = calls.begin()) {
      Position fence = new Takeover(ensemble, layout, nodes).by(owner, beyond, deadline);
      Listing listing = Listing.of(ensemble, layout, fence, deadline);
      // Overtaken before it had begun: the session is given out, and says so when it is used.
      Optional<Position> overtaken =
          Optional.of(listing.behind()).filter(now -> now.zxid() != fence.zxid());
      KnownNodes known = new KnownNodes(layout, ensemble.connection().access(), listing);
      RecordFetch fetch = new RecordFetch(ensemble, layout, fence, listing.records());
      FencedSnapshot snapshot =
          new FencedSnapshot(calls, ensemble, layout, fence, overtaken, fetch, timeout);
      return new ZooKeeperSession(
          calls, ensemble, layout, limits(), fence, beyond.version(), known, snapshot);
    } catch (NoAnswerException e) {
      throw failures.unanswered("taking over " + layout.root(), deadline, e);
    }
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    try (OpenCalls.Call call = calls.begin()) {
      ConsistentRead.Image image = new ConsistentRead(ensemble, layout, nodes).take(deadline);
      return new ReadSnapshot(calls, image.at(), image.records());
    } catch (NoAnswerException e) {
      throw failures.unanswered("reading " + layout.root(), deadline, e);
    }
  }

  @Override
  public Election election() {
    return election;
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    throw new NotSupportedException(
        "ZooKeeper keeps the latest state of each record, not the commits that led to it");
  }

  @Override
  public void close() {
    if (!calls.close(CLOSE_PATIENCE)) {
      LOG.warn(
          "a call to {} did not end within {}; its connection is closed now",
          ensemble,
          CLOSE_PATIENCE);
    }
    // Now that no call runs, no candidacy can be added any more.
    election.close();
    ensemble.close();
  }
}
