package io.registrar.zookeeper;

import io.registrar.spi.ClosedException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The state at a takeover, read while it is asked for. Nobody but the session can change it, and
 * the session waits for its end; every answer holds the head too, and shows if another has taken
 * over meanwhile.
 */
final class FencedSnapshot implements Snapshot {
  private final OpenCalls calls;
  private final Layout layout;
  private final Failures failures;
  private final Position fence;
  private final Optional<Position> overtakenBy;
  private final RecordFetch fetch;
  private final Duration patience;
  private final Queue<StoredRecord> ready = new ArrayDeque<>();
  private volatile boolean ended;
  private volatile boolean exhausted;

  FencedSnapshot(
      OpenCalls calls,
      Ensemble ensemble,
      Layout layout,
      Position fence,
      Optional<Position> overtakenBy,
      RecordFetch fetch,
      Duration patience) {
    this.calls = calls;
    this.layout = layout;
    this.failures = new Failures(ensemble);
    this.fence = fence;
    this.overtakenBy = overtakenBy;
    this.fetch = fetch;
    this.patience = patience;
    this.exhausted = overtakenBy.isEmpty() && !fetch.hasNext();
  }

  @Override
  public long version() {
    return fence.version();
  }

  @Override
  public long epoch() {
    return fence.epoch();
  }

  @Override
  public Header header() {
    return fence.head().header();
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    try (OpenCalls.Call call = calls.begin()) {
      if (ended) {
        throw new ClosedException("the snapshot of version " + version() + " was closed");
      }
      if (overtakenBy.isPresent()) {
        requireFence(overtakenBy.get());
      }
      while (ready.isEmpty() && fetch.hasNext()) {
        read(Deadline.after(patience));
      }
      Optional<StoredRecord> next = Optional.ofNullable(ready.poll());
      exhausted = ready.isEmpty() && !fetch.hasNext();
      return next;
    }
  }

  private void read(Deadline deadline) throws StorageException {
    try {
      RecordFetch.Chunk chunk = fetch.next(deadline);
      requireFence(chunk.behind());
      for (RecordFetch.Found found : chunk.found()) {
        ready.add(
            found
                .record()
                .orElseThrow(
                    () ->
                        new DamagedException(
                            "the ZooKeeper node "
                                + layout.record(found.name())
                                + " vanished without a commit")));
      }
    } catch (NoAnswerException e) {
      throw failures.unanswered("reading version " + version(), deadline, e);
    }
  }

  private void requireFence(Position now) throws StorageException {
    if (now.epoch() > epoch()) {
      throw new FencedException(
          "epoch "
              + now.epoch()
              + " ("
              + now.fence().owner()
              + ") took over while version "
              + version()
              + " was read at epoch "
              + epoch());
    }
    if (now.zxid() != fence.zxid()) {
      throw Settlement.foreign(layout, fence, now);
    }
  }

  /** Whether the session may commit. */
  boolean isOver() {
    return ended || exhausted;
  }

  @Override
  public void close() {
    ended = true;
  }
}
