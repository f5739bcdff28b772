package io.registrar.tck.plain;

import io.registrar.spi.DamagedException;
import io.registrar.spi.InUseException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The file of a {@link PlainStorage}, replaced whole, and the lock beside it. */
final class PlainFile implements PlainStore {
  /** A second descriptor of a locked file, when closed, would take the lock away (POSIX). */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel lock;

  private PlainFile(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  static PlainFile lock(Path file) throws StorageException {
    Path holder = Path.of(file + ".lock");
    if (!HELD_HERE.add(file)) {
      throw new InUseException(file + " is open in this process already");
    }
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              holder, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
        channel.close();
        HELD_HERE.remove(file);
        throw new InUseException(file + " is held by process " + Files.readString(holder));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text(Long.toString(ProcessHandle.current().pid()))));
      return new PlainFile(file, channel);
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw new UnavailableException(holder + " cannot be locked", e);
    }
  }

  @Override
  public PlainContents read() throws StorageException {
    if (Files.notExists(file)) {
      return PlainContents.empty();
    }
    try {
      return PlainContents.fromBytes(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new DamagedException(file + " cannot be read", e);
    }
  }

  @Override
  public void write(PlainContents contents) throws IOException {
    replaceBy(contents.toBytes());
  }

  private void replaceBy(byte[] bytes) throws IOException {
    Path written = Path.of(file + ".new");
    // As bytes of a file that is not interruptible: a channel would be closed by an interrupt.
    try (var out = new java.io.FileOutputStream(written.toFile())) {
      out.write(bytes);
      out.getFD().sync();
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
