package io.registrar.tck.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a power loss would leave of a directory. A library that is preloaded into a process keeps a
 * shadow of what that process has synced there; afterwards, images are made in which synced bytes
 * are there, and others as they were synced before, all of them or by chance. Names and lengths of
 * files are never lost: file systems with a journal keep these in order.
 *
 * <p>Needs gcc on Linux. Where it is missing, {@link #of} fails with {@link FaultNotAvailable}, and
 * so the test is aborted with the reason. Not thread-safe.
 */
public final class PowerLoss {
  private static final String SOURCE = "powerloss.c";
  private static final int PAGE = 4096;
  private static final int SECTOR = 512;
  private static @Nullable Path library;

  private final Path directory;
  private final Path shadow;
  private final Path preloaded;

  private PowerLoss(Path directory, Path shadow, Path preloaded) {
    this.directory = directory;
    this.shadow = shadow;
    this.preloaded = preloaded;
  }

  /**
   * Watches a directory; what is there now counts as synced.
   *
   * @param directory exists
   * @param shadow where the shadow is kept, outside of the directory; what was there is deleted
   * @throws FaultNotAvailable if this machine has no compiler for C
   */
  public static PowerLoss of(Path directory, Path shadow) throws IOException {
    Path preloaded = library();
    FileDamage.deleteTree(shadow);
    Files.createDirectories(shadow);
    for (Path file : FileDamage.filesBelow(directory)) {
      Files.copy(file, shadow.resolve(inode(file)));
    }
    return new PowerLoss(directory.toRealPath(), shadow.toRealPath(), preloaded);
  }

  /** What the environment of the process needs. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", preloaded.toString(),
        "POWERLOSS_DIRECTORY", directory.toString(),
        "POWERLOSS_SHADOW", shadow.toString());
  }

  /** A command that gives another one that environment, for {@link ChildJvm#startBy}. */
  public List<String> launcher() {
    return Stream.concat(
            Stream.of("/usr/bin/env"),
            environment().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()))
        .toList();
  }

  /**
   * Writes what is left of the directory, now that the process has been killed, and before anybody
   * else has changed anything.
   *
   * @param image becomes such a directory; what was there is deleted
   * @param kind 0 loses all that was not synced; others a part of it, odd ones by sectors, even
   *     ones by pages
   * @param random which part
   */
  public void leave(Path image, int kind, Random random) throws IOException {
    FileDamage.copyTree(directory, image);
    for (Path real : FileDamage.filesBelow(directory)) {
      Path file = image.resolve(directory.relativize(real).toString());
      Path synced = shadow.resolve(inode(real));
      byte[] written = Files.readAllBytes(file);
      byte[] kept = Files.exists(synced) ? Files.readAllBytes(synced) : new byte[0];
      byte[] lost = Arrays.copyOf(kept, written.length);
      Files.write(
          file, kind == 0 ? lost : mix(written, lost, kind % 2 == 0 ? PAGE : SECTOR, random));
    }
  }

  private static byte[] mix(byte[] written, byte[] lost, int unit, Random random) {
    byte[] mixed = written.clone();
    for (int at = 0; at < mixed.length; at += unit) {
      if (random.nextBoolean()) {
        System.arraycopy(lost, at, mixed, at, Math.min(unit, mixed.length - at));
      }
    }
    return mixed;
  }

  /** What was synced of a file is kept under the number of its inode. */
  private static String inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino").toString();
  }

  /** Compiled once for all tests of this JVM. */
  private static synchronized Path library() throws IOException {
    Path known = library;
    if (known == null) {
      Path place = Files.createTempDirectory("powerloss");
      Path source = place.resolve(SOURCE);
      known = place.resolve("libpowerloss.so");
      for (Path made : List.of(place, source, known)) {
        made.toFile().deleteOnExit();
      }
      try (InputStream text = PowerLoss.class.getResourceAsStream(SOURCE)) {
        Files.copy(Objects.requireNonNull(text, SOURCE), source);
      }
      compile(source, known);
      library = known;
    }
    return known;
  }

  private static void compile(Path source, Path to) throws IOException {
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  List.of(
                      "gcc",
                      "-O1",
                      "-shared",
                      "-fPIC",
                      "-o",
                      to.toString(),
                      source.toString(),
                      "-ldl",
                      "-lpthread"))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new FaultNotAvailable("what a power loss leaves is known by way of gcc alone", e);
    }
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
        throw new FaultNotAvailable(
            "what a power loss leaves is known on Linux alone; gcc said: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted beside the compiler", e);
    } finally {
      compiler.destroyForcibly();
    }
  }
}
