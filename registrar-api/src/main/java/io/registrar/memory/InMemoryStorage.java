package io.registrar.memory;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Election;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * The storage contract in the fewest lines: one immutable state, replaced under a lock. It is not
 * durable, and lives in one process.
 */
public final class InMemoryStorage implements Storage {
  private static final Limits LIMITS = new Limits(16 << 20, 64 << 20, 1_000_000);

  private State state = new State(0, 0, Header.EMPTY, HashTreePMap.empty());
  private boolean closed;

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public synchronized StorageSession acquire(String owner, Floor beyond, Duration timeout)
      throws StorageException {
    requireOpen();
    long epoch = Math.max(state.epoch, beyond.epoch()) + 1;
    state = new State(epoch, state.version, state.header, state.records);
    return new Session(state, beyond.version());
  }

  @Override
  public synchronized Snapshot read(Duration timeout) throws StorageException {
    requireOpen();
    return new View(state);
  }

  @Override
  public Election election() throws StorageException {
    throw new NotSupportedException("the registry in memory has no election: it has one process");
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    throw new NotSupportedException("the registry in memory keeps no changes to follow");
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("the registry in memory was closed");
    }
  }

  private synchronized long commit(Session by, Batch batch) throws StorageException {
    by.requireLatest();
    LIMITS.check(batch);
    HashPMap<RecordKey, byte[]> records = state.records.minusAll(batch.deletes());
    for (StoredRecord put : batch.puts()) {
      records = records.plus(put.key(), put.value().clone());
    }
    long version = Math.max(state.version, by.floor) + 1;
    state = new State(state.epoch, version, batch.header(), records);
    return version;
  }

  private record State(
      long epoch, long version, Header header, HashPMap<RecordKey, byte[]> records) {}

  private final class Session implements StorageSession {
    private final long epoch;
    private final long floor;
    private final View snapshot;
    private boolean ended;

    Session(State atFence, long floor) {
      this.floor = floor;
      epoch = atFence.epoch;
      snapshot = new View(atFence);
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public Snapshot snapshot() {
      return snapshot;
    }

    @Override
    public long commit(Batch batch, Duration timeout) throws StorageException {
      synchronized (InMemoryStorage.this) {
        if (!snapshot.isOver()) {
          throw new IllegalStateException(
              "the snapshot at the fence must be exhausted or closed before the first commit");
        }
        return InMemoryStorage.this.commit(this, batch);
      }
    }

    @Override
    public void confirm(Duration timeout) throws StorageException {
      synchronized (InMemoryStorage.this) {
        requireLatest();
      }
    }

    private void requireLatest() throws StorageException {
      requireOpen();
      if (ended) {
        throw new ClosedException("the session of epoch " + epoch + " was closed");
      }
      if (epoch != state.epoch) {
        throw new FencedException(
            "the session of epoch " + epoch + " was fenced by epoch " + state.epoch);
      }
    }

    @Override
    public boolean ignoresInterrupts() {
      return true;
    }

    @Override
    public void close() {
      synchronized (InMemoryStorage.this) {
        ended = true;
        snapshot.close();
      }
    }
  }

  private final class View implements Snapshot {
    private final State seen;
    private final Iterator<Map.Entry<RecordKey, byte[]>> records;
    private volatile boolean ended;

    View(State seen) {
      this.seen = seen;
      this.records = seen.records.entrySet().iterator();
    }

    @Override
    public long version() {
      return seen.version;
    }

    @Override
    public long epoch() {
      return seen.epoch;
    }

    @Override
    public Header header() {
      return seen.header;
    }

    @Override
    public Optional<StoredRecord> next() throws StorageException {
      synchronized (InMemoryStorage.this) {
        requireOpen();
      }
      if (ended) {
        throw new ClosedException("the snapshot of version " + seen.version + " was closed");
      }
      if (!records.hasNext()) {
        return Optional.empty();
      }
      Map.Entry<RecordKey, byte[]> next = records.next();
      return Optional.of(new StoredRecord(next.getKey(), next.getValue().clone()));
    }

    boolean isOver() {
      return ended || !records.hasNext();
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
