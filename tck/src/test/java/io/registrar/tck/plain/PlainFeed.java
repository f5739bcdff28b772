package io.registrar.tck.plain;

import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a {@link FollowedPlainStorage}. */
final class PlainFeed implements ChangeFeed {
  private final FollowedPlainStorage storage;
  private long told;
  private @Nullable ChangeEvent last;
  private boolean closed;

  PlainFeed(FollowedPlainStorage storage, long afterVersion) {
    this.storage = storage;
    this.told = afterVersion;
  }

  @Override
  public ChangeEvent next(Duration timeout) throws StorageException {
    long end = System.nanoTime() + timeout.toNanos();
    synchronized (storage) {
      while (true) {
        storage.requireOpen();
        if (closed) {
          throw new ClosedException("the feed after version " + told + " was closed");
        }
        ChangeEvent before = last;
        if (before != null) {
          return before;
        }
        Optional<ChangeEvent> next = storage.after(told);
        if (next.isPresent()) {
          return tell(next.get());
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return new ChangeEvent.Quiet();
        }
        await(left);
      }
    }
  }

  private ChangeEvent tell(ChangeEvent event) {
    if (event instanceof ChangeEvent.Committed commit) {
      told = commit.version();
    } else if (storage.staysBehind()) {
      last = event;
    }
    return event;
  }

  private void await(long nanos) throws UnavailableException {
    try {
      TimeUnit.NANOSECONDS.timedWait(storage, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while waiting for a change", e);
    }
  }

  @Override
  public void close() {
    synchronized (storage) {
      closed = true;
      storage.notifyAll();
    }
  }
}
