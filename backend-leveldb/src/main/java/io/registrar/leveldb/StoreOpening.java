package io.registrar.leveldb;

import io.registrar.spi.DamagedException;
import io.registrar.spi.InUseException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.iq80.leveldb.DB;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a store is opened: the lease, our own check of every byte, the disk's room, the torn tail cut
 * off, and only then LevelDB; at last the head is compared with what was acknowledged.
 *
 * @param store what was opened
 * @param head as found in it
 */
record StoreOpening(OpenStore store, Head head) {
  private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);

  static StoreOpening open(Path directory, Engines.Engine engine) throws StorageException {
    DirectoryLease lease = DirectoryLease.take(directory);
    boolean opened = false;
    try {
      StoreOpening opening = open(lease, engine);
      opened = true;
      return opening;
    } catch (IOException e) {
      throw new UnavailableException(
          "the store in " + directory + " cannot be opened (" + e + "); look at the disk", e);
    } finally {
      if (!opened) {
        lease.close();
      }
    }
  }

  private static StoreOpening open(DirectoryLease lease, Engines.Engine engine)
      throws IOException, StorageException {
    Path directory = lease.directory();
    StoreCheck check = StoreCheck.run(directory);
    DiskRoom room = new DiskRoom(directory);
    room.requireToOpen(check.logBytes(), check.tableBytes());
    check.torn().forEach(file -> LOG.info("{} ends in a torn write: cut off", file));
    check.trim();
    GuardedDatabase database = new GuardedDatabase(directory, openEngine(directory, engine));
    @Nullable AcknowledgedMark mark = null;
    boolean opened = false;
    try {
      StoreDirectory.sync(directory);
      // Only moved on once what it would stand for is known to be there.
      mark = AcknowledgedMark.create(directory, check.acknowledged());
      OpenStore store = new OpenStore(lease, database, mark, room);
      Head head = readHead(store, check);
      mark.moveTo(head.sequence());
      opened = true;
      return new StoreOpening(store, head);
    } finally {
      if (!opened) {
        database.close();
        if (mark != null) {
          mark.close();
        }
      }
    }
  }

  private static DB openEngine(Path directory, Engines.Engine engine) throws StorageException {
    try {
      return engine.open(directory);
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (message.toLowerCase(Locale.ROOT).contains("lock")) {
        throw new InUseException(
            directory
                + " is in use: another program holds LevelDB's LOCK there ("
                + message
                + "); stop it, or choose another --leveldb_path",
            e);
      }
      if (message.startsWith("Corruption")) {
        throw new DamagedException(
            "LevelDB refuses the store in "
                + directory
                + " ("
                + message
                + "); keep a copy of the directory, and restore it from a backup",
            e);
      }
      throw new UnavailableException(
          "LevelDB cannot open the store in " + directory + " (" + message + ")", e);
    }
  }

  /** The head, counting on from the last write that the files hold. */
  private static Head readHead(OpenStore store, StoreCheck check) throws StorageException {
    try (LevelDbSnapshot snapshot = store.snapshot()) {
      Head head = snapshot.head();
      if (head.sequence() < check.acknowledged()) {
        throw new DamagedException(
            "the store in "
                + store.directory()
                + " has lost writes: those up to number "
                + check.acknowledged()
                + " were acknowledged, and its head is at "
                + head.sequence()
                + "; restore the directory from a backup");
      }
      return head.at(Math.max(head.sequence(), check.lastSequence()));
    }
  }
}
