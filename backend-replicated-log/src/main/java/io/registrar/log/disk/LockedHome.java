package io.registrar.log.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A home in the file system:
 *
 * <pre>
 *   lock           held by the process that has it open
 *   current/       the segments in use
 *   set-aside-1/   what was set aside first, as it was
 * </pre>
 */
final class LockedHome implements Home {
  private static final String CURRENT = "current";
  private static final String SET_ASIDE = "set-aside-";
  private static final Pattern ASIDE = Pattern.compile(SET_ASIDE + "([1-9][0-9]{0,8})");
  private static final List<String> HARMLESS = List.of(DirectoryLock.NAME, "lost+found");

  private final Path home;
  private final DirectoryLock lock;

  private LockedHome(Path home, DirectoryLock lock) {
    this.home = home;
    this.lock = lock;
  }

  /** Takes a directory, which is made if need be. */
  static LockedHome open(Path home) throws IOException {
    make(home.toAbsolutePath());
    refuseForeign(home);
    DirectoryLock lock = DirectoryLock.take(home);
    try {
      makeCurrent(home);
      return new LockedHome(home, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Makes a directory, so that it is still there after a power loss. */
  private static void make(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent != null && Files.notExists(directory)) {
      make(parent);
      Files.createDirectories(directory);
      NioDirectory.sync(parent);
    }
  }

  private static void makeCurrent(Path home) throws IOException {
    Files.createDirectories(home.resolve(CURRENT));
    NioDirectory.sync(home);
  }

  private static void refuseForeign(Path home) throws IOException {
    if (Files.exists(home.resolve(CURRENT)) || lastSetAside(home).isPresent()) {
      return;
    }
    try (Stream<Path> entries = Files.list(home)) {
      Optional<String> foreign =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !HARMLESS.contains(name))
              .findFirst();
      if (foreign.isPresent()) {
        throw new IncompatibleStoreException(
            home
                + " holds no log of this program, but other files, such as "
                + foreign.get()
                + ": name an empty directory");
      }
    }
  }

  /** The segments in use in this directory, whoever has it open. */
  static Directory currentIn(Path home) {
    return new NioDirectory(currentPath(home));
  }

  static Path currentPath(Path home) {
    return home.resolve(CURRENT);
  }

  private static Optional<Integer> lastSetAside(Path home) throws IOException {
    try (Stream<Path> entries = Files.list(home)) {
      return entries
          .map(entry -> ASIDE.matcher(entry.getFileName().toString()))
          .filter(java.util.regex.Matcher::matches)
          .map(match -> Integer.valueOf(match.group(1)))
          .max(Comparator.naturalOrder());
    }
  }

  @Override
  public Directory current() {
    return currentIn(home);
  }

  @Override
  public Optional<Directory> lastSetAside() throws IOException {
    return lastSetAside(home).map(number -> new NioDirectory(home.resolve(SET_ASIDE + number)));
  }

  @Override
  public void setAside() throws IOException {
    if (SegmentName.in(current()).isEmpty()) {
      return; // what was set aside last is still the last that there was
    }
    int number = lastSetAside(home).orElse(0) + 1;
    Files.move(
        home.resolve(CURRENT), home.resolve(SET_ASIDE + number), StandardCopyOption.ATOMIC_MOVE);
    makeCurrent(home);
  }

  @Override
  public Path path() {
    return home;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
