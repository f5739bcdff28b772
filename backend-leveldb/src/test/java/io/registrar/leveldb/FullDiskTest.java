package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.leveldb.ChildPrograms.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rule 7.3, in a child process: without the guard, the native library ends it by SIGBUS. Needs the
 * right to mount; says so and is skipped without it.
 */
@Timeout(180)
class FullDiskTest {
  @TempDir Path directory;
  private boolean mounted;

  @ParameterizedTest
  @ValueSource(ints = {14, 20, 33})
  void a_full_disk_refuses_and_goes_on_once_there_is_room(int megabytes) throws Exception {
    mountDisk(megabytes);
    Path ballast = directory.resolve("ballast");
    try (Child child = Child.start("fill", directory)) {
      assertThat(child.await("refused")).contains("make room").contains("Nothing was written");
      int first = fullAfter(child);
      child.await("still reads");
      // Another program takes the rest.
      fillWith(ballast);
      child.tell("again");
      assertThat(fullAfter(child)).isEqualTo(first);
      Files.delete(ballast);
      run("mount", "-o", "remount,size=" + (megabytes + 40) + "m", directory.toString());
      child.tell("again");
      assertThat(fullAfter(child)).isGreaterThan(first + 200);
      child.tell("end");
      child.await("committed");
      assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(child.process().exitValue()).isZero();
    }
    assertThat(TestStores.contents(directory)).isNotEmpty();
  }

  @Test
  void opening_on_a_full_disk_is_refused_and_works_once_there_is_room() throws Exception {
    mountDisk(40);
    try (Child child = Child.start("fill", directory)) {
      fullAfter(child);
      child.kill();
    }
    Path ballast = directory.resolve("ballast");
    fillWith(ballast);
    try (Child child = Child.start("open", directory)) {
      assertThat(child.await("UnavailableException")).contains("make room");
    }
    Files.delete(ballast);
    run("mount", "-o", "remount,size=100m", directory.toString());
    try (Child child = Child.start("open", directory)) {
      child.await("open");
    }
  }

  @Test
  void what_a_merge_left_when_it_was_cut_off_does_not_count_as_a_table() throws Exception {
    mountDisk(40);
    try (Child child = Child.start("write", directory, "0", "10", "5")) {
      child.await("acknowledged 4");
    }
    Files.write(TestStores.files(directory).resolve("999999.sst"), new byte[30 << 20]);
    try (Child child = Child.start("open", directory)) {
      child.await("open");
    }
    assertThat(TestStores.files(directory).resolve("999999.sst")).doesNotExist();
  }

  private static int fullAfter(Child child) throws IOException {
    return Integer.parseInt(child.await("full after").substring("full after ".length()));
  }

  private static void fillWith(Path ballast) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      for (int i = 0; i < 100_000; i++) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void mountDisk(int megabytes) throws Exception {
    mounted =
        exitOf(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + megabytes + "m",
                "tmpfs",
                directory.toString())
            == 0;
    if (!mounted) {
      System.err.println("SKIPPED: FullDiskTest needs the right to mount a tmpfs (run as root)");
    }
    Assumptions.assumeTrue(mounted, "needs the right to mount a tmpfs (run as root)");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", directory.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(exitOf(command)).describedAs(String.join(" ", command)).isZero();
  }

  private static int exitOf(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // No such program here.
    }
  }
}
