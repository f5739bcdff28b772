package io.registrar.tck.plain;

import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The states of a {@link SharedPlainStorage}, a file each, numbered without a gap. To write is to
 * make the file after the one that was read: whoever comes second finds it there. None is ever
 * deleted, so that one who comes very late finds it too.
 */
final class SharedPlainFiles implements PlainStore {
  private final Path directory;
  private long number;

  SharedPlainFiles(Path directory) throws StorageException {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UnavailableException(directory + " cannot be made", e);
    }
  }

  Path directory() {
    return directory;
  }

  @Override
  public PlainContents read() throws StorageException {
    try (Stream<Path> files = Files.list(directory)) {
      number =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("state-"))
              .mapToLong(name -> Long.parseLong(name.substring(6)))
              .max()
              .orElse(0);
      if (number == 0) {
        return PlainContents.empty();
      }
      // Through a stream: an interrupt would close a channel.
      try (FileInputStream in = new FileInputStream(state(number).toFile())) {
        return PlainContents.fromBytes(in.readAllBytes(), state(number).toString());
      }
    } catch (IOException e) {
      throw new UnavailableException(directory + " cannot be read", e);
    }
  }

  /**
   * @throws FileAlreadyExistsException if another has written since the last read
   */
  @Override
  public void write(PlainContents contents) throws IOException {
    Path draft = directory.resolve("draft-" + UUID.randomUUID());
    try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
      out.write(contents.toBytes());
      out.getFD().sync();
      Files.createLink(state(number + 1), draft);
      number++;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Path state(long which) {
    return directory.resolve("state-" + which);
  }

  @Override
  public void close() {
    // Nothing is held between two calls.
  }
}
