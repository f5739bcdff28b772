package io.registrar.tck.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A disk that is easily full: a tmpfs of a given size, mounted on a directory.
 *
 * <p>Needs the right to mount. Where it is missing, {@link #mount} fails with {@link
 * FaultNotAvailable}, and so the test is aborted with the reason. Not thread-safe.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int MOST_OVERTAKEN = 1_000;
  private static final String BALLAST = "ballast";

  private final Path directory;
  private final Thread atExit;
  private boolean mounted = true;

  private SmallDisk(Path directory) {
    this.directory = directory;
    atExit = new Thread(this::unmountLazily);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Mounts an empty disk.
   *
   * @param directory an existing directory
   * @param bytes the disk's size; rounded up to whole pages by the system
   * @throws FaultNotAvailable if this machine does not permit it
   */
  public static SmallDisk mount(Path directory, long bytes) throws IOException {
    Outcome outcome =
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", directory.toString());
    if (!outcome.succeeded()) {
      throw new FaultNotAvailable(
          "a small disk cannot be mounted here, so that it runs full: " + outcome.output());
    }
    return new SmallDisk(directory);
  }

  public Path directory() {
    return directory;
  }

  /** How much may still be written, in bytes. */
  public long freeBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** Fills the disk with a file of its own until this much is left, in bytes. */
  public void fillUntilFree(long bytes) throws IOException {
    byte[] page = new byte[4096];
    try (var ballast =
        Files.newOutputStream(
            directory.resolve(BALLAST),
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      for (int overtaken = 0; freeBytes() >= bytes + page.length; ) {
        try {
          ballast.write(page);
        } catch (IOException e) {
          // Whoever else writes here may have taken the room since it was measured.
          overtaken++;
          if (overtaken > MOST_OVERTAKEN) {
            throw e;
          }
        }
      }
    }
  }

  /** Takes away what {@link #fillUntilFree} wrote. */
  public void makeRoom() throws IOException {
    Files.deleteIfExists(directory.resolve(BALLAST));
  }

  /** Unmounts the disk, and what is on it is gone. Idempotent. */
  @Override
  public void close() throws IOException {
    if (!mounted) {
      return;
    }
    Outcome outcome = run("umount", directory.toString());
    mounted = false;
    if (!outcome.succeeded()) {
      // Files that are still open must not leave the mount behind for the tests that follow.
      unmountLazily();
      throw new IOException(
          "the small disk on " + directory + " was still in use: " + outcome.output());
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void unmountLazily() {
    try {
      run("umount", "-l", directory.toString());
    } catch (IOException e) {
      System.err.println("the small disk on " + directory + " stays mounted: " + e);
    }
  }

  private static Outcome run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    try {
      String output = new String(process.getInputStream().readAllBytes()).strip();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Outcome(1, String.join(" ", command) + " did not end within 30 s");
      }
      return new Outcome(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("interrupted during " + String.join(" ", command), e);
    }
  }

  private record Outcome(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }
}
