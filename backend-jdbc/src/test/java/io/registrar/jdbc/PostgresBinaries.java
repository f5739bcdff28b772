package io.registrar.jdbc;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.opentest4j.TestAbortedException;
import org.tukaani.xz.XZInputStream;

/**
 * Where the programs of a PostgreSQL server are: named by the system property {@code
 * registrar.test.postgres.bin}, brought by the build, or installed on this machine.
 */
final class PostgresBinaries {
  private static final String PROPERTY = "registrar.test.postgres.bin";
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private PostgresBinaries() {}

  /** The directory that holds {@code initdb} and {@code postgres}; aborts the test without one. */
  static Path find() throws IOException {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    return brought()
        .or(PostgresBinaries::installed)
        .orElseThrow(
            () ->
                new TestAbortedException(
                    "no PostgreSQL for this platform: give -D"
                        + PROPERTY
                        + "=DIRECTORY of initdb and postgres, or install it"));
  }

  private static Optional<Path> brought() throws IOException {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      return fits && archive != null ? Optional.of(unpacked(archive)) : Optional.empty();
    }
  }

  /** Unpacked once a user and archive, where an unprivileged user can read it too. */
  private static Path unpacked(InputStream archive) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String size = Integer.toString(archive.available());
    Path home =
        temporary.resolve(
            "registrar-test-postgres-" + System.getProperty("user.name") + "-" + size);
    if (!Files.exists(home.resolve("bin/postgres"))) {
      Path fresh = Files.createTempDirectory(temporary, "registrar-test-postgres-unpacking-");
      unpack(archive, fresh);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      try {
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        delete(fresh); // another build was faster
      }
    }
    return home.resolve("bin");
  }

  private static void unpack(InputStream archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static Optional<Path> installed() {
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).map(Path::of);
    Stream<Path> packaged =
        Stream.iterate(20, major -> major >= 12, major -> major - 1)
            .flatMap(
                major ->
                    List.of("/usr/lib/postgresql/" + major, "/usr/pgsql-" + major).stream()
                        .map(home -> Path.of(home, "bin")));
    return Stream.concat(onPath, packaged)
        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .findFirst();
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
