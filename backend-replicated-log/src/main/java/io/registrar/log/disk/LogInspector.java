package io.registrar.log.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Looks at a store that no process has open, damaged or not, and writes nothing. Writers are kept
 * out while it is open. Driven by one thread.
 */
public final class LogInspector implements AutoCloseable {
  private final Directory directory;
  private final DirectoryLock lock;

  private LogInspector(Directory directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens the store in a directory.
   *
   * @throws StoreInUseException if a process has it open; the message names it
   * @throws IncompatibleStoreException if there is no log there
   */
  public static LogInspector open(Path home) throws IOException {
    if (!Files.isDirectory(LockedHome.currentPath(home))) {
      throw new IncompatibleStoreException(home + " holds no log of this program");
    }
    return new LogInspector(LockedHome.currentIn(home), DirectoryLock.look(home));
  }

  /**
   * Reads everything, and sums it up.
   *
   * @throws IncompatibleStoreException if something is whole, but not known to this program
   */
  public LogStatus status() throws IOException {
    StatusFold fold = new StatusFold(directory);
    LogScan.of(directory, fold);
    return fold.status();
  }

  /**
   * Shows every record that can be read, in the order written.
   *
   * @param damaged is told of every place in between where something is lost
   * @throws IncompatibleStoreException if something is whole, but not known to this program
   */
  public void read(Consumer<StoredRecord> records, Consumer<DamagedPlace> damaged)
      throws IOException {
    LogScan.of(
        directory,
        new LogScan.Visitor() {
          @Override
          public void segment(SegmentHeader header, long bytes) {
            // What counts here is the records.
          }

          @Override
          public void found(StoredRecord stored) {
            records.accept(stored);
          }

          @Override
          public void damaged(DamagedPlace place) {
            damaged.accept(place);
          }
        });
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
