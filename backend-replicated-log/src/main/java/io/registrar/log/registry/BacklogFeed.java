package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/** The commits after a version, out of the backlog that every replica keeps. */
final class BacklogFeed implements ChangeFeed {
  private final LogStorage storage;
  private final Backlog backlog;
  private final Gate gate;
  private volatile boolean closed;
  private boolean caughtUp;
  private long version;
  private Optional<ChangeEvent> last = Optional.empty();

  BacklogFeed(LogStorage storage, Backlog backlog, Gate gate, long afterVersion) {
    this.storage = storage;
    this.backlog = backlog;
    this.gate = gate;
    this.version = afterVersion;
  }

  @Override
  public ChangeEvent next(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    requireOpen();
    if (last.isPresent()) {
      return last.get();
    }
    if (!caughtUp) {
      // This replica may be behind: a version unknown here is not yet one that was never made.
      storage.barrier("following the changes", deadline);
      caughtUp = true;
    }
    try {
      Optional<ChangeEvent> next = backlog.next(version, deadline.leftNanos());
      requireOpen();
      if (next.isEmpty()) {
        return new ChangeEvent.Quiet();
      }
      if (next.get() instanceof ChangeEvent.Committed commit) {
        version = commit.version();
      } else {
        last = next;
      }
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while waiting for a change", e);
    }
  }

  private void requireOpen() throws ClosedException {
    gate.requireOpen();
    if (closed) {
      throw new ClosedException("the feed was closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    backlog.wake();
  }
}
