package io.registrar.leveldb;

import io.registrar.leveldb.GuardedDatabase.EngineException;
import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Election;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Limits;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One registry in one LevelDB, which this process alone has open. A commit is one synced batch that
 * moves the head with its records, written by the calling thread; an {@code acquire} is one that
 * moves the head alone, so the fence outlives the process.
 *
 * <p>The first write that fails may be on the disk or not, and LevelDB itself would go on as if
 * nothing had happened; this storage does nothing more from then on, not even read, until it is
 * opened again.
 */
public final class LevelDbStorage implements Storage {
  private static final Logger LOG = LoggerFactory.getLogger(LevelDbStorage.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final Limits LIMITS = new Limits(4 << 20, 16 << 20, 100_000);

  private final Path directory;
  private final OpenStore store;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Head head;
  private volatile boolean closed;

  private LevelDbStorage(Path directory, OpenStore store, Head head) {
    this.directory = directory;
    this.store = store;
    this.head = head;
  }

  static LevelDbStorage open(Path directory, Engines.Engine engine) throws StorageException {
    StoreOpening opening = StoreOpening.open(directory, engine);
    return new LevelDbStorage(directory, opening.store(), opening.head());
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DURABLE);
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    lock(timeout, "acquire");
    try {
      requireOpen();
      head = store.write(head.acquired(floor.epoch()));
      return new LevelDbSession(this, store.snapshot(), floor.version());
    } catch (EngineException e) {
      throw new UnavailableException(String.valueOf(e.getMessage()), e);
    } finally {
      unlock();
    }
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    requireOpen();
    return store.snapshot();
  }

  /** Called by a session's driver. */
  long commit(LevelDbSession by, Batch batch, Duration timeout) throws StorageException {
    lock(timeout, "commit");
    try {
      requireLatest(by);
      by.requireSnapshotOver();
      LIMITS.check(batch);
      head = store.write(head.committed(by.floorVersion(), batch.header()), batch);
      return head.version();
    } catch (EngineException e) {
      String message = String.valueOf(e.getMessage());
      CommitUnknownException unknown = new CommitUnknownException(message, e);
      by.endBy(unknown);
      throw unknown;
    } catch (DamagedException | IncompatibleException e) {
      by.endBy(e);
      throw e;
    } finally {
      unlock();
    }
  }

  /** Called by a session's driver. */
  void confirm(LevelDbSession session) throws StorageException {
    requireLatest(session);
  }

  boolean ignoresInterrupts() {
    return store.ignoresInterrupts();
  }

  /** Ends a session once no commit is under way, or if one hangs. */
  void close(LevelDbSession session) {
    boolean locked = lockedWithin(CLOSE_PATIENCE);
    session.endByClosing();
    if (locked) {
      unlock();
    }
  }

  private void requireLatest(LevelDbSession session) throws StorageException {
    session.requireGoingOn();
    requireOpen();
    long latest = head.epoch();
    if (session.epoch() != latest) {
      String message = "the session of epoch " + session.epoch() + " was fenced by epoch " + latest;
      session.end(() -> new FencedException(message));
      throw new FencedException(message);
    }
    store.requireSound();
  }

  private void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("the storage in " + directory + " was closed");
    }
  }

  private void lock(Duration timeout, String purpose) throws UnavailableException {
    if (writing.tryLock()) {
      return; // whatever has interrupted this thread: nothing is waited for
    }
    try {
      if (!writing.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new UnavailableException(
            "to "
                + purpose
                + " in "
                + directory
                + ", another write was waited for in vain for "
                + timeout
                + "; nothing was written: try again, and look at the disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          "interrupted before the " + purpose + " in " + directory + "; nothing was written", e);
    }
  }

  @Override
  public Election election() throws StorageException {
    throw new NotSupportedException(
        "a registry in LevelDB has no election: one process at a time opens it");
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    throw new NotSupportedException("a registry in LevelDB keeps no changes to follow");
  }

  @Override
  public void close() {
    closed = true;
    if (lockedWithin(CLOSE_PATIENCE)) {
      unlock();
    } else {
      LOG.warn(
          "LevelDB: a write in {} has not ended for {}; its files and lock are held until it does",
          directory,
          CLOSE_PATIENCE);
    }
  }

  /** Whoever leaves last after {@link #close()} closes the store. */
  private void unlock() {
    try {
      if (closed) {
        store.close();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Also if interrupted meanwhile: closing is short, and must not be left out. */
  private boolean lockedWithin(Duration patience) {
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        try {
          return writing.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
