package io.registrar.leveldb;

import io.registrar.spi.InUseException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of this process to touch the files of a store: a lock on the file {@code OWNER}, which
 * says who holds it. It is taken before anything is looked at; LevelDB's own {@code LOCK} is taken
 * later, and by LevelDB alone.
 */
final class DirectoryLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLease.class);
  private static final String FILE = "OWNER";

  /** Far behind the text, which thus can be read where locks forbid reading. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * The stores open in this process. On POSIX, a process that closes any descriptor of a file loses
   * its locks on it; so a second opening must end before it comes to the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLease(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @param directory the real path of a store
   * @throws InUseException if this or another process has it; the message says which
   */
  static DirectoryLease take(Path directory) throws StorageException {
    if (!HELD_HERE.add(directory)) {
      throw new InUseException(
          directory + " is open in this process already; close that storage first");
    }
    DirectoryLease lease = null;
    try {
      lease = lock(directory);
      return lease;
    } catch (IOException e) {
      throw new UnavailableException(
          directory.resolve(FILE)
              + " cannot be locked or written ("
              + e
              + "); make room on the disk, or give this user the right to write there",
          e);
    } finally {
      if (lease == null) {
        HELD_HERE.remove(directory);
      }
    }
  }

  private static DirectoryLease lock(Path directory) throws IOException, InUseException {
    Path file = directory.resolve(FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw new InUseException(
            directory
                + " is in use by "
                + Files.readString(file).strip()
                + "; stop that process, or choose another --leveldb_path");
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(describeThisProcess().getBytes(StandardCharsets.UTF_8)));
      return new DirectoryLease(directory, channel);
    } catch (OverlappingFileLockException e) {
      // Held through another class loader. Closing would take its lock away, so this stays open.
      NEVER_CLOSED.add(channel);
      throw new InUseException(
          directory + " is open in this process already; close that storage first", e);
    } catch (IOException | InUseException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String describeThisProcess() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return "process " + ProcessHandle.current().pid() + " on " + host() + ", since " + now + "\n";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this host"; // It has no name; the process's number alone tells then.
    }
  }

  /** The store's real path. */
  Path directory() {
    return directory;
  }

  /** Gives the directory back. Idempotent: another lease may be on it by the second time. */
  @Override
  public synchronized void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("{} did not close cleanly; its lock ends with this process", directory, e);
    } finally {
      HELD_HERE.remove(directory);
    }
  }
}
