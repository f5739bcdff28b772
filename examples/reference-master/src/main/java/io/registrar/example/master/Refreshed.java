package io.registrar.example.master;

import io.registrar.RecoveryException;
import io.registrar.spi.StorageException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was read last. It is read anew, by one caller at a time, when it is asked for and older than
 * it may be; the others get the last reading meanwhile, so that an engine that is slow holds up one
 * thread alone. Thread-safe.
 */
final class Refreshed<T> {
  /** For the first reading the others wait, but not for long. */
  private static final long FIRST_WITHIN_MILLIS = 1_000;

  private final Source<T> source;
  private final Duration maxAge;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Reading<T> latest;

  Refreshed(Source<T> source, Duration maxAge) {
    this.source = source;
    this.maxAge = maxAge;
  }

  /** Where it is read; blocks for a bounded time. */
  @FunctionalInterface
  interface Source<T> {
    T read() throws StorageException, RecoveryException;
  }

  /**
   * A value, and when its reading began: it is no older than that.
   *
   * @param begun by {@link System#nanoTime}
   */
  record Reading<T>(T value, long begun) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  /** The last reading, if there was one, however old. Does not block. */
  @Nullable Reading<T> latest() {
    return latest;
  }

  /**
   * A reading; an older one than it should be only while another caller reads.
   *
   * @throws NotKnownException if it cannot be read
   */
  Reading<T> get() throws NotKnownException {
    Reading<T> last = latest;
    if (last != null && last.age().compareTo(maxAge) <= 0) {
      return last;
    }
    if (!begin(last == null ? FIRST_WITHIN_MILLIS : 0)) {
      Reading<T> old = latest;
      if (old != null) {
        return old;
      }
      throw new NotKnownException("the storage has not answered yet");
    }
    try {
      Reading<T> meanwhile = latest;
      return meanwhile != null && meanwhile.age().compareTo(maxAge) <= 0 ? meanwhile : read();
    } finally {
      reading.unlock();
    }
  }

  private Reading<T> read() throws NotKnownException {
    long begun = System.nanoTime();
    try {
      Reading<T> now = new Reading<>(source.read(), begun);
      latest = now;
      return now;
    } catch (StorageException | RecoveryException e) {
      throw new NotKnownException(String.valueOf(e.getMessage()), e);
    }
  }

  private boolean begin(long withinMillis) throws NotKnownException {
    try {
      return reading.tryLock() || reading.tryLock(withinMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotKnownException("interrupted while another asked the storage", e);
    }
  }
}
