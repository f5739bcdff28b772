package io.registrar.log.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A network that is closed leaves nothing behind. */
class LifeCycleTest {
  private static final int CYCLES = 30;
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  @Test
  void openingAndClosingLeavesNoThreadsAndNoSockets() throws IOException {
    cycle();
    long before = sockets();
    for (int i = 0; i < CYCLES; i++) {
      cycle();
    }
    Deadline deadline = Deadline.after(Duration.ofSeconds(60));
    deadline.await("no thread of a network is left, not " + threads(), () -> threads().isEmpty());
    deadline.await("no more sockets than " + before, () -> sockets() <= before);
    assertThat(threads()).isEmpty();
  }

  /** At whatever instruction the dialing is. */
  @Test
  void closingWhileItDialsDoesNotFail() throws IOException {
    try (TestPeer two = TestPeer.start(2)) {
      for (int i = 0; i < 300; i++) {
        try (TestPeer one = TestPeer.start(1)) {
          one.knows(two);
          LockSupport.parkNanos(i * 10_000L);
        }
      }
    }
    Deadline.after(Duration.ofSeconds(60))
        .await("no thread of a network is left, not " + threads(), () -> threads().isEmpty());
  }

  private static void cycle() throws IOException {
    try (TestPeer one = TestPeer.start(1);
        TestPeer two = TestPeer.start(2)) {
      one.knows(two);
      TestPeer.awaitBoth(one, two);
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("log-net-"))
        .collect(Collectors.toSet());
  }

  /** Zero where the system does not tell. */
  private static long sockets() {
    if (!Files.isDirectory(OPEN_FILES)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.filter(LifeCycleTest::isSocket).count();
    } catch (IOException e) {
      throw new AssertionError("the open files cannot be listed", e);
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }
}
