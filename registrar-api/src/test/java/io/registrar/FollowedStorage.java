package io.registrar;

import io.registrar.memory.InMemoryStorage;
import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Limits;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The storage in memory, whose commits can be followed, and which counts the records read. */
final class FollowedStorage implements Storage {
  final AtomicInteger handedOut = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  private final InMemoryStorage inner = new InMemoryStorage();
  private final TreeMap<Long, ChangeEvent.Committed> kept = new TreeMap<>();
  private long forgotten;
  private boolean silent;
  private volatile boolean headersLost;
  private UnaryOperator<Batch> distortion = UnaryOperator.identity();

  /** What is told from now on is not what was committed. */
  synchronized void distort(UnaryOperator<Batch> how) {
    distortion = how;
  }

  /** What is read from now on has a header of something else. */
  void loseHeaders() {
    headersLost = true;
  }

  /** Nothing is told from now on, until it is forgotten. */
  synchronized void silence() {
    silent = true;
  }

  /** What was committed so far is not kept one by one any more. */
  synchronized void forget() {
    silent = false;
    forgotten = kept.isEmpty() ? forgotten : kept.lastKey();
    kept.clear();
    notifyAll();
  }

  @Override
  public Limits limits() {
    return inner.limits();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CHANGES);
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    StorageSession session = inner.acquire(owner, floor, timeout);
    return new PassedOnSession(session) {
      @Override
      public Snapshot snapshot() {
        return counted(session.snapshot());
      }

      @Override
      public long commit(Batch batch, Duration within) throws StorageException {
        synchronized (FollowedStorage.this) {
          long version = session.commit(batch, within);
          kept.put(version, new ChangeEvent.Committed(version, epoch(), distortion.apply(batch)));
          FollowedStorage.this.notifyAll();
          return version;
        }
      }
    };
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    reads.incrementAndGet();
    return counted(inner.read(timeout));
  }

  private Snapshot counted(Snapshot snapshot) {
    return new Snapshot() {
      @Override
      public long version() {
        return snapshot.version();
      }

      @Override
      public long epoch() {
        return snapshot.epoch();
      }

      @Override
      public Header header() {
        return headersLost ? Header.of(new byte[] {7}) : snapshot.header();
      }

      @Override
      public Optional<StoredRecord> next() throws StorageException {
        handedOut.incrementAndGet();
        return snapshot.next();
      }

      @Override
      public void close() {
        snapshot.close();
      }
    };
  }

  @Override
  public Election election() throws StorageException {
    return inner.election();
  }

  @Override
  public ChangeFeed changes(long afterVersion) {
    return new Feed(afterVersion);
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class Feed implements ChangeFeed {
    private long told;
    private boolean closed;

    Feed(long afterVersion) {
      told = afterVersion;
    }

    @Override
    public ChangeEvent next(Duration timeout) throws StorageException {
      synchronized (FollowedStorage.this) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!closed && told >= forgotten && (silent || kept.higherKey(told) == null)) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            return new ChangeEvent.Quiet();
          }
          try {
            FollowedStorage.this.wait(left);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }
        if (closed) {
          throw new ClosedException("the feed was closed");
        }
        if (told < forgotten) {
          return new ChangeEvent.StartFromSnapshot(forgotten);
        }
        Map.Entry<Long, ChangeEvent.Committed> next = kept.higherEntry(told);
        told = next.getKey();
        return next.getValue();
      }
    }

    @Override
    public void close() {
      synchronized (FollowedStorage.this) {
        closed = true;
        FollowedStorage.this.notifyAll();
      }
    }
  }
}
