package io.registrar.tck;

import io.registrar.spi.Floor;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that opens, uses and closes a storage a hundred times, and says {@code ok} if that has
 * left no more threads and files than the first times did. A process of its own, so that nobody
 * else's threads and files are counted.
 */
public final class OpenAndClose {
  private static final int FIRST = 5;
  private static final int CYCLES = 100;

  /** Threads that were told to end may need a moment. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  /** What has not changed for this long after the last close will not be given back. */
  private static final Duration STILL = Duration.ofSeconds(3);

  private final StorageTarget target;

  private OpenAndClose(StorageTarget target) {
    this.target = target;
  }

  /**
   * Opens and closes one registry.
   *
   * @param arguments a target, as {@link StorageTarget} writes it
   */
  public static void main(String[] arguments) throws Exception {
    OpenAndClose cycles = new OpenAndClose(StorageTarget.fromArguments(List.of(arguments)));
    for (int i = 0; i < FIRST; i++) {
      cycles.openAndUse(i);
    }
    ProcessResources before = ProcessResources.now();
    for (int i = 0; i < CYCLES; i++) {
      cycles.openAndUse(i);
    }
    ProcessResources after = settled(before);
    if (!after.within(before)) {
      throw new AssertionError("before: " + before + "\nafter " + CYCLES + " cycles: " + after);
    }
    System.out.println("ok");
    // Whatever the storage's engine keeps for the whole process may not keep the process.
    Runtime.getRuntime().halt(0);
  }

  /** What is left when it is no more than before, or does not change any more. */
  private static ProcessResources settled(ProcessResources before) throws IOException {
    Deadline settled = Deadline.after(SETTLED);
    Deadline still = Deadline.after(STILL);
    ProcessResources after = ProcessResources.now();
    while (!after.within(before) && !settled.hasPassed() && !still.hasPassed()) {
      LockSupport.parkNanos(10_000_000);
      ProcessResources now = ProcessResources.now();
      if (!now.equals(after)) {
        still = Deadline.after(STILL);
      }
      after = now;
    }
    return after;
  }

  private void openAndUse(int i) throws StorageException {
    try (Storage storage = target.openSteadily()) {
      StorageSession session = storage.acquire("tck", Floor.NONE, RegistryUnderTest.timeout());
      session.snapshot().next();
      session.snapshot().close();
      RegistryUnderTest.commit(session, Samples.put("a" + i, "x"));
      // Left open on purpose: the storage's close ends the session and the snapshot too.
      storage.read(RegistryUnderTest.timeout()).next();
    }
  }
}
