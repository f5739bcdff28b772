package io.registrar.example.master;

import io.registrar.Witness;
import io.registrar.example.master.flag.WorkDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The work directory while this process owns it: made if it was missing, refused if it is another
 * program's or cannot be written, and held by a lock on a file in it, which also marks it as a
 * master's.
 */
final class OwnedDirectory implements AutoCloseable {
  /** Marks a directory as a master's, is locked by the one that runs, and holds its process id. */
  static final String LOCK_FILE = "master.lock";

  // A file system's own, in the root of a fresh one; nobody's work.
  private static final Set<String> NOBODYS = Set.of("lost+found");

  private final WorkDirectory directory;
  private final FileChannel lock;

  private OwnedDirectory(WorkDirectory directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes a directory.
   *
   * @throws CannotStartException if it cannot be made or written, is another program's, or is held
   *     by another process
   */
  static OwnedDirectory take(WorkDirectory directory) throws CannotStartException {
    Path path = directory.path();
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new CannotStartException(
            "--work_dir=" + path + " is a file; give a directory, or a path to make one at", null);
      }
      Files.createDirectories(path);
      refuseForeign(path);
      return new OwnedDirectory(directory, lock(path));
    } catch (IOException e) {
      throw new CannotStartException(
          "--work_dir=" + path + " cannot be made or written (" + reason(e) + "); give another", e);
    }
  }

  /** The directory. */
  Path path() {
    return directory.path();
  }

  /** Lets go of the directory; one that was only temporary is removed. */
  @Override
  public void close() {
    try {
      lock.close();
      if (directory instanceof WorkDirectory.Temporary temporary) {
        remove(temporary.path());
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot let go of " + path(), e);
    }
  }

  private static void refuseForeign(Path path) throws IOException, CannotStartException {
    if (Files.exists(path.resolve(LOCK_FILE)) || Files.exists(path.resolve(Witness.FILE_NAME))) {
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      Optional<Path> foreign =
          files.filter(file -> !NOBODYS.contains(String.valueOf(file.getFileName()))).findFirst();
      if (foreign.isPresent()) {
        throw new CannotStartException(
            "--work_dir="
                + path
                + " holds files that are no master's, such as "
                + foreign.get().getFileName()
                + "; give a new or empty directory",
            null);
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException, CannotStartException {
    Path file = path.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock held = tryLock(channel);
    if (held == null) {
      channel.close();
      String holder = Files.readString(file).strip();
      throw new CannotStartException(
          "--work_dir="
              + path
              + " is in use by another master, process "
              + (holder.isEmpty() ? "unknown" : holder)
              + "; stop that one first, or give another directory",
          null);
    }
    channel.truncate(0);
    String holder = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another master of this very process has it
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
