package io.registrar.leveldb;

import io.registrar.leveldb.GuardedDatabase.Changes;
import io.registrar.leveldb.GuardedDatabase.EngineException;
import io.registrar.spi.Batch;
import io.registrar.spi.DamagedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is open of a store. Writes one synced batch at a time, each with the head, and refuses
 * everything after the first that failed: LevelDB may have put that one on the disk or not, and
 * would go on as if nothing had been. One thread at a time writes; any thread reads.
 */
final class OpenStore {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

  private final Path directory;
  private final DirectoryLease lease;
  private final GuardedDatabase database;
  private final AcknowledgedMark mark;
  private final DiskRoom room;
  private volatile @Nullable Refusal refusal;

  OpenStore(DirectoryLease lease, GuardedDatabase database, AcknowledgedMark mark, DiskRoom room) {
    this.directory = lease.directory();
    this.lease = lease;
    this.database = database;
    this.mark = mark;
    this.room = room;
  }

  /**
   * Writes a head alone.
   *
   * @return the head as it was written
   * @throws UnavailableException if nothing was written
   * @throws EngineException if it may have been written; the store is broken from now on
   */
  Head write(Head next) throws StorageException, EngineException {
    return write(next.after(1), 0, changes -> {});
  }

  /** Writes a batch and its head; otherwise as {@link #write(Head)}. */
  Head write(Head next, Batch batch) throws StorageException, EngineException {
    return write(
        next.after(batch.keys() + 1),
        batch.countedBytes(),
        changes -> {
          for (StoredRecord put : batch.puts()) {
            byte[] key = Entries.key(put.key());
            changes.put(key, Entries.seal(key, put.value()));
          }
          for (RecordKey delete : batch.deletes()) {
            changes.delete(Entries.key(delete));
          }
        });
  }

  private Head write(Head next, long bytes, Changes records)
      throws StorageException, EngineException {
    requireSound();
    requireRoom(bytes);
    try {
      database.write(
          changes -> {
            changes.put(Entries.HEAD_KEY, Entries.seal(Entries.HEAD_KEY, next.encode()));
            records.fill(changes);
          });
      mark.moveTo(next.sequence());
    } catch (EngineException e) {
      throw breakBy(e);
    } catch (InternalError e) {
      throw breakBy(new EngineException("the mark of what was acknowledged: " + e, e));
    }
    return next;
  }

  /** The state as it is now. */
  LevelDbSnapshot snapshot() throws StorageException {
    requireSound();
    return LevelDbSnapshot.open(this, database);
  }

  boolean ignoresInterrupts() {
    return database.ignoresInterrupts();
  }

  Path directory() {
    return directory;
  }

  /** Refuses everything from now on: what is stored cannot be trusted. */
  DamagedException damaged(String what, Exception cause) {
    String why =
        what + "; nothing more is read or written: restore " + directory + " from a backup";
    refuse(() -> new DamagedException(why, cause));
    return new DamagedException(why, cause);
  }

  /**
   * @throws UnavailableException if a write has failed
   * @throws DamagedException if damage was found
   */
  void requireSound() throws StorageException {
    Refusal why = refusal;
    if (why != null) {
      throw why.exception();
    }
  }

  private synchronized void refuse(Refusal why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  private void requireRoom(long bytes) throws UnavailableException {
    try {
      room.requireToWrite(bytes);
    } catch (IOException e) {
      throw new UnavailableException(
          "the room on the disk of " + directory + " cannot be found out (" + e + ")", e);
    }
  }

  private EngineException breakBy(EngineException e) {
    String why =
        "a write in "
            + directory
            + " failed ("
            + e.getMessage()
            + "): it may be on the disk or not. Nothing more is read or written until the registry"
            + " is closed and opened again; look at the disk first";
    refuse(() -> new UnavailableException(why, e));
    LOG.error("LevelDB: {}", why, e.getCause());
    return new EngineException(why, e);
  }

  /** Waits for calls under way, then closes everything. Idempotent. */
  void close() {
    try {
      database.close();
      mark.close();
    } catch (IOException | RuntimeException | InternalError e) {
      // What was acknowledged is on the disk already, so that is for the operator to know, no more.
      LOG.warn("LevelDB: the store in {} did not close cleanly", directory, e);
    } finally {
      lease.close();
    }
  }
}
