package io.registrar.tck.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** What happens to files that nobody has open: changed bytes, lost tails, older copies. */
public final class FileDamage {
  private FileDamage() {}

  /** All regular files below a directory, in the order of their paths. */
  public static List<Path> filesBelow(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * Turns over some bits of one byte.
   *
   * @param offset which byte, from 0
   * @param bits which bits, 1 to 255
   */
  public static void flip(Path file, long offset, int bits) throws IOException {
    if (bits < 1 || bits > 255) {
      throw new IllegalArgumentException("between 1 and 255 bits to turn over; got " + bits);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      if (channel.read(one, offset) != 1) {
        throw new IOException(file + " has no byte " + offset + ": it has " + channel.size());
      }
      one.put(0, (byte) (one.get(0) ^ bits)).rewind();
      channel.write(one, offset);
    }
  }

  /** Cuts a file off after this many bytes. */
  public static void truncate(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /** Makes the second directory an exact copy of the first; what it held besides is deleted. */
  public static void copyTree(Path from, Path to) throws IOException {
    deleteTree(to);
    try (Stream<Path> paths = Files.walk(from)) {
      paths.forEach(
          path -> {
            try {
              Files.copy(
                  path,
                  to.resolve(from.relativize(path).toString()),
                  StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Deletes a directory and all below it, if it exists. */
  public static void deleteTree(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
