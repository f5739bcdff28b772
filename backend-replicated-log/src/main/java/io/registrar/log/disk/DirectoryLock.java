package io.registrar.log.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a directory: one holder in all processes. The operating system frees it when the
 * process dies.
 *
 * <p>What this process holds is kept in a set of its own: POSIX drops a process's lock as soon as
 * it closes any descriptor of the file, so a second attempt must not even open it.
 */
final class DirectoryLock implements AutoCloseable {
  static final String NAME = "lock";

  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final @Nullable FileChannel channel;
  private boolean open = true;

  private DirectoryLock(Path key, @Nullable FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes a directory to write.
   *
   * @throws StoreInUseException if it is held
   */
  static DirectoryLock take(Path directory) throws IOException {
    Path key = claim(directory);
    try {
      FileChannel channel = FileChannel.open(key.resolve(NAME), CREATE, READ, WRITE);
      return hold(directory, key, channel, false);
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(key);
      throw e;
    }
  }

  /**
   * Keeps writers out while a directory is looked at; nothing is written.
   *
   * @throws StoreInUseException if a process has it open
   */
  static DirectoryLock look(Path directory) throws IOException {
    Path key = claim(directory);
    try {
      if (Files.notExists(key.resolve(NAME))) {
        return new DirectoryLock(key, null);
      }
      return hold(directory, key, FileChannel.open(key.resolve(NAME), READ), true);
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(key);
      throw e;
    }
  }

  private static Path claim(Path directory) throws IOException {
    Path key = directory.toRealPath();
    if (!HELD_HERE.add(key)) {
      throw new StoreInUseException(directory + " is already open in this process");
    }
    return key;
  }

  private static DirectoryLock hold(Path directory, Path key, FileChannel channel, boolean shared)
      throws IOException {
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      if (lock == null) {
        throw new StoreInUseException(directory + " is open in " + holder(channel));
      }
      if (!shared) {
        channel.truncate(0);
        String self = "process " + ProcessHandle.current().pid();
        channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.US_ASCII)), 0);
      }
      return new DirectoryLock(key, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(64);
    int length = channel.read(text, 0);
    return length <= 0
        ? "another process"
        : new String(text.array(), 0, length, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      try {
        if (channel != null) {
          channel.close();
        }
      } finally {
        HELD_HERE.remove(key);
      }
    }
  }
}
