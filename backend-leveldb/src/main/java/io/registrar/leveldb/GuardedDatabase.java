package io.registrar.leveldb;

import io.registrar.spi.ClosedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.fusesource.leveldbjni.internal.JniDB;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;

/**
 * LevelDB behind a door that closes. The native library ends the process when a database or an
 * iterator is used after it was closed, or closed while it is used; so every call of it holds this
 * lock's shared side, and closing its exclusive side, with every iterator closed first.
 *
 * <p>Thread-safe, but for {@link #write}, which one thread at a time may call.
 */
final class GuardedDatabase implements AutoCloseable {
  private static final WriteOptions SYNCED = new WriteOptions().sync(true);

  private final Path directory;
  private final DB database;
  private final ReadWriteLock door = new ReentrantReadWriteLock();
  private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
  private boolean closed;

  GuardedDatabase(Path directory, DB database) {
    this.directory = directory;
    this.database = database;
  }

  /** Collects the changes of one write. */
  interface Changes {
    void fill(WriteBatch batch);
  }

  /** How a call of LevelDB failed, whichever exception its build throws. */
  static final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    EngineException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Writes changes at once, synced on return. Takes as long as the disk takes.
   *
   * @throws EngineException if it may or may not have been written
   */
  void write(Changes changes) throws ClosedException, EngineException {
    door.readLock().lock();
    // An interrupt in the middle would close the files of the port to Java.
    boolean interrupted = Thread.interrupted();
    try {
      requireOpen();
      try (WriteBatch batch = database.createWriteBatch()) {
        changes.fill(batch);
        database.write(batch, SYNCED);
      } catch (IOException | RuntimeException | InternalError e) {
        throw failed(e);
      }
    } finally {
      door.readLock().unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Whether an interrupt in the middle of a write is without effect: the native library has none.
   */
  boolean ignoresInterrupts() {
    return database instanceof JniDB;
  }

  /** All entries as they are now, in the order of their keys. */
  Cursor cursor() throws ClosedException, EngineException {
    door.readLock().lock();
    try {
      requireOpen();
      DBIterator entries =
          database.iterator(new ReadOptions().verifyChecksums(true).fillCache(false));
      Cursor cursor = new Cursor(entries);
      cursors.add(cursor);
      entries.seekToFirst();
      return cursor;
    } catch (RuntimeException e) {
      throw failed(e);
    } finally {
      door.readLock().unlock();
    }
  }

  /** Waits for calls under way, then closes every cursor and the database. Idempotent. */
  @Override
  public void close() throws IOException {
    door.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        cursors.forEach(Cursor::end);
        database.close();
      }
    } finally {
      door.writeLock().unlock();
    }
  }

  private void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("the storage in " + directory + " was closed");
    }
  }

  private static EngineException failed(Throwable e) {
    return new EngineException(String.valueOf(e.getMessage()), e);
  }

  /** A consistent view of the database, whatever is written meanwhile. One thread reads it. */
  final class Cursor implements AutoCloseable {
    private final DBIterator entries;
    private boolean ended;

    private Cursor(DBIterator entries) {
      this.entries = entries;
    }

    /** The next entry; empty at the end and from then on. Its arrays are the caller's own. */
    Optional<Map.Entry<byte[], byte[]>> next() throws ClosedException, EngineException {
      return use(() -> entries.hasNext() ? Optional.of(entries.next()) : Optional.empty());
    }

    boolean hasNext() throws ClosedException, EngineException {
      return use(entries::hasNext);
    }

    private <T> T use(Supplier<T> call) throws ClosedException, EngineException {
      door.readLock().lock();
      try {
        requireOpen();
        synchronized (this) {
          if (ended) {
            throw new ClosedException("the snapshot in " + directory + " was closed");
          }
          return call.get();
        }
      } catch (RuntimeException e) {
        throw failed(e);
      } finally {
        door.readLock().unlock();
      }
    }

    synchronized boolean isClosed() {
      return ended;
    }

    /** Idempotent; any thread may call it, also after the database was closed. */
    @Override
    public void close() {
      door.readLock().lock();
      try {
        end();
      } finally {
        door.readLock().unlock();
      }
    }

    private synchronized void end() {
      if (!ended) {
        ended = true;
        cursors.remove(this);
        closeEntries();
      }
    }

    private void closeEntries() {
      try {
        entries.close();
      } catch (IOException e) {
        throw new UncheckedIOException("LevelDB's iterators have nothing to fail on", e);
      }
    }
  }
}
