package io.registrar;

import io.registrar.spi.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer thread: many threads offer, one takes. Bounded: what the writer has
 * taken and not yet answered does not count.
 */
final class SubmissionQueue {
  /**
   * How long the writer looks again and again before it parks, in nanoseconds. A caller that waits
   * for one outcome asks for the next some microseconds later, and waking a parked thread costs
   * more than that.
   */
  private static final long SPIN_NANOS =
      Runtime.getRuntime().availableProcessors() < 2 ? 0 : 50_000;

  private final Queue<Submission> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final int capacity;

  private volatile @Nullable Thread parked;
  private volatile boolean closed;

  SubmissionQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Adds one at the end; false if the queue is full. */
  boolean offer(Submission submission) {
    if (size.incrementAndGet() > capacity) {
      size.decrementAndGet();
      return false;
    }
    waiting.add(submission);
    wake();
    return true;
  }

  /** How many wait. */
  int size() {
    return size.get();
  }

  /** Ends {@link #await} once the queue is empty. */
  void close() {
    closed = true;
    wake();
  }

  /** Waits until something waits here: true then, false if it was closed and is empty. */
  boolean await() {
    long start = System.nanoTime();
    do {
      if (!waiting.isEmpty()) {
        return true;
      }
      Patience.pause();
    } while (System.nanoTime() - start < SPIN_NANOS);
    parked = Thread.currentThread();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return !waiting.isEmpty();
        }
        LockSupport.park(this);
      }
      return true;
    } finally {
      parked = null;
    }
  }

  /** Returns when so many wait, the time has passed, or it was closed. */
  void awaitAtLeast(int count, long nanos) {
    long start = System.nanoTime();
    while (size.get() < count && !closed && System.nanoTime() - start < nanos) {
      Patience.pause();
    }
  }

  /** Takes all that waits, in order. */
  List<Submission> drain() {
    List<Submission> taken = new ArrayList<>();
    for (Submission next = waiting.poll(); next != null; next = waiting.poll()) {
      taken.add(next);
    }
    size.addAndGet(-taken.size());
    return taken;
  }

  private void wake() {
    Thread writer = parked;
    if (writer != null) {
      LockSupport.unpark(writer);
    }
  }
}
