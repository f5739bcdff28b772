package io.registrar.tck;

import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.fault.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits 100 batches a second of 10 records, beside a reader, until it is told to end or one read
 * takes so long that it can only be waiting for the commits to end: so long, and as many commits as
 * belong to that time. Where a machine stands still, commits do too, and a read may take longer.
 */
final class SteadyLoad implements Callable<Integer> {
  private static final long PAUSE_NANOS = 10_000_000;

  private final Markers markers = new Markers(9);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final StorageSession session;
  private final Duration longestRead;
  private volatile Deadline ofTheRead;
  private volatile int beforeTheRead;
  private volatile boolean ended;
  private volatile boolean gaveUp;

  SteadyLoad(StorageSession session, Duration longestRead) {
    this.session = session;
    this.longestRead = longestRead;
    this.ofTheRead = Deadline.after(longestRead);
  }

  @Override
  public Integer call() throws StorageException {
    long next = System.nanoTime();
    while (!ended && !gaveUp) {
      int n = acknowledged.get() + 1;
      RegistryUnderTest.commit(session, markers.batch(n));
      acknowledged.set(n);
      next += PAUSE_NANOS;
      gaveUp = ofTheRead.hasPassed() && n - beforeTheRead >= commitsOfTheLongestRead();
      LockSupport.parkNanos(next - System.nanoTime());
    }
    return acknowledged.get();
  }

  Markers markers() {
    return markers;
  }

  /** The number of the last batch that was acknowledged. */
  int acknowledged() {
    return acknowledged.get();
  }

  private long commitsOfTheLongestRead() {
    return longestRead.toNanos() / PAUSE_NANOS;
  }

  /** Whether it has ended because a read did not. */
  boolean gaveUp() {
    return gaveUp;
  }

  void readBegins() {
    beforeTheRead = acknowledged.get();
    ofTheRead = Deadline.after(longestRead);
  }

  void end() {
    ended = true;
  }
}
