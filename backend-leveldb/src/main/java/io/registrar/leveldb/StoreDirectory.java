package io.registrar.leveldb;

import io.registrar.spi.IncompatibleException;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Where registries lie: a root directory that says by its {@code FORMAT} file what it is, and in it
 * one directory a registry, which holds LevelDB's files and ours side by side.
 */
final class StoreDirectory {
  private static final String FORMAT_FILE = "FORMAT";
  private static final String FORMAT = "Registrar registries in LevelDB, format 1\n";

  private StoreDirectory() {}

  /**
   * Answers the directory of a registry, made if it was missing.
   *
   * @throws IncompatibleException if the root belongs to something else, or to another format
   * @throws UnavailableException if it cannot be written
   */
  static Path prepare(Path root, RegistryName registry) throws StorageException {
    Path absolute = root.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      claimRoot(absolute);
      Path directory = absolute.resolve(directoryName(registry));
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
        sync(absolute);
      }
      if (!Files.isWritable(directory)) {
        throw new IOException("no right to write");
      }
      return directory.toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new IncompatibleException(
          e.getFile() + " is not a directory; move it aside, or choose another --leveldb_path", e);
    } catch (IOException e) {
      throw new UnavailableException(
          "the registry's directory in "
              + absolute
              + " cannot be made or written ("
              + e
              + "); give this user the right to write there, make room on the disk, or choose"
              + " another --leveldb_path",
          e);
    }
  }

  /**
   * The directory's name: capitals are written as {@code +} and the small letter, so that no two
   * registries share a directory where the file system ignores case; the end keeps a last dot.
   */
  static String directoryName(RegistryName registry) {
    StringBuilder name = new StringBuilder();
    for (char c : registry.text().toCharArray()) {
      if (c >= 'A' && c <= 'Z') {
        name.append('+').append(Character.toLowerCase(c));
      } else {
        name.append(c);
      }
    }
    return name.append(".db").toString();
  }

  /** Makes the names in a directory as durable as the files that they name. */
  static void sync(Path directory) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // Directories cannot be opened there, and NTFS journals names by itself.
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void claimRoot(Path root) throws IOException, IncompatibleException {
    Path format = root.resolve(FORMAT_FILE);
    if (Files.exists(format)) {
      requireFormat(format);
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
      for (Path child : found) {
        String name = child.getFileName().toString();
        if (!name.startsWith(FORMAT_FILE) && !name.equals("lost+found")) {
          throw new IncompatibleException(
              root
                  + " holds files that are not a registry's ("
                  + name
                  + "), and no file "
                  + FORMAT_FILE
                  + "; choose an empty or a new directory with --leveldb_path");
        }
      }
    }
    Path written = Files.createTempFile(root, FORMAT_FILE, ".new");
    Files.writeString(written, FORMAT);
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(written, format, StandardCopyOption.ATOMIC_MOVE);
    sync(root);
  }

  private static void requireFormat(Path format) throws IOException, IncompatibleException {
    byte[] found = Files.readAllBytes(format);
    String text = new String(found, StandardCharsets.UTF_8);
    if (!text.equals(FORMAT)) {
      throw new IncompatibleException(
          format
              + " says '"
              + text.strip()
              + "', and this program knows '"
              + FORMAT.strip()
              + "' alone; use the release that wrote it, or choose another --leveldb_path");
    }
  }
}
