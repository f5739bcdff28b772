package io.registrar.leveldb;

import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Refuses a write that the disk may have no room for. The native LevelDB writes through mapped
 * files: on a full disk it does not fail, the process dies.
 *
 * <p>The margin holds what LevelDB may write on its own after the write: both its buffers (as far
 * as they were filled since the opening) as tables, one merge of these and older tables (at most
 * {@value #MERGE_BYTES} bytes at a time), and the ends of files that it maps ahead. Not
 * thread-safe: the one writer uses it.
 */
final class DiskRoom {
  private static final long MERGE_BYTES = 64L << 20;
  private static final long FILE_ENDS_BYTES = 2L << 20;

  /** After how many written bytes the tables are counted again; listing them costs a little. */
  private static final long RECOUNT_BYTES = 1L << 20;

  /**
   * How long, and for how many bytes, a look at the disk holds: the margin is not filled in that
   * time. Asking before each write costs a twentieth of a fast disk's sync.
   */
  private static final long FRESH_NANOS = 2_000_000;

  private static final long FRESH_BYTES = 64L << 10;

  private final Path directory;
  private final FileStore disk;
  private long tableBytes;
  private long writtenSinceOpen;
  private long writtenSinceCount;
  private long writtenSinceLook;
  private long lookedAtNanos;
  private boolean looked;

  DiskRoom(Path directory) throws IOException {
    this.directory = directory;
    this.disk = Files.getFileStore(directory);
    this.tableBytes = countTables();
  }

  /**
   * @param recovered bytes in the logs, which opening writes anew as tables
   * @param inUse bytes in tables that the manifest names; the others are what a merge left that was
   *     cut off by the end of the process, and go before the next one begins
   * @throws UnavailableException if the store should not be opened now
   */
  void requireToOpen(long recovered, long inUse) throws IOException, UnavailableException {
    long merged = recovered + Math.min(inUse + recovered, MERGE_BYTES);
    require(Math.max(recovered, merged - (tableBytes - inUse)), "to open the store");
  }

  /**
   * @param size of the write in bytes
   * @throws UnavailableException if it should not be written now
   */
  void requireToWrite(long size) throws IOException, UnavailableException {
    writtenSinceCount += size;
    writtenSinceOpen += size;
    writtenSinceLook += size;
    if (isFresh()) {
      return;
    }
    if (writtenSinceCount >= RECOUNT_BYTES) {
      tableBytes = countTables();
      writtenSinceCount = 0;
    }
    looked = false;
    // What is not in tables yet will be written as tables, and then be part of a merge; or so when
    // the store is opened again, which must not need more room than this.
    long pending = Math.min(writtenSinceOpen, 2L * Engines.WRITE_BUFFER_BYTES) + 2 * size;
    require(2 * pending + Math.min(tableBytes, MERGE_BYTES), "to write");
    looked = true;
    lookedAtNanos = System.nanoTime();
    writtenSinceLook = 0;
  }

  /** Whether the last look at the disk found room, and nobody can have filled it since. */
  private boolean isFresh() {
    return looked
        && writtenSinceLook < FRESH_BYTES
        && System.nanoTime() - lookedAtNanos < FRESH_NANOS;
  }

  private void require(long bytes, String purpose) throws IOException, UnavailableException {
    long needed = bytes + FILE_ENDS_BYTES;
    long usable = disk.getUsableSpace();
    if (usable < needed) {
      throw new UnavailableException(
          "the disk of "
              + directory
              + " has "
              + usable
              + " bytes left, and LevelDB needs "
              + needed
              + " "
              + purpose
              + " safely; make room and try again. Nothing was written");
    }
  }

  private long countTables() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(found -> found.toString().endsWith(".sst")).toList()) {
        // A merge may have deleted it since.
        sum += Files.exists(file) ? Files.size(file) : 0;
      }
    }
    return sum;
  }
}
