package io.registrar.log.replica;

import io.registrar.spi.Patience;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the replica's thread. Any thread puts in; one takes out.
 *
 * <p>What comes from peers is bounded in bytes, and forgotten beyond: the protocol asks again. What
 * this process asks for is bounded by its callers, each of whom waits for an answer.
 */
final class Mailbox {
  /** One thing to do on the replica's thread. */
  @FunctionalInterface
  interface Step {
    void take() throws IOException;
  }

  private record Item(Step step, int bytes) {}

  private static final long MOST_BYTES = 64L << 20;

  /** What an item weighs beside its bytes, so that empty frames are bounded as well. */
  private static final int ITEM_BYTES = 256;

  /** About what it costs to put a thread to sleep and to wake it: what comes next may be near. */
  private static final long SPIN_NANOS = 60_000;

  private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong frameBytes = new AtomicLong();
  private final AtomicLong forgotten = new AtomicLong();
  private volatile @Nullable Thread sleeper;

  /** Something that this process wants done; it is always taken. */
  void put(Step step) {
    items.add(new Item(step, 0));
    wake();
  }

  /** Something that a peer sent, of this size; forgotten when too much waits already. */
  void offer(Step step, int size) {
    int weight = size + ITEM_BYTES;
    if (frameBytes.addAndGet(weight) > MOST_BYTES) {
      frameBytes.addAndGet(-weight);
      forgotten.incrementAndGet();
      return;
    }
    items.add(new Item(step, weight));
    wake();
  }

  /** How many frames were forgotten so far. */
  long forgotten() {
    return forgotten.get();
  }

  Optional<Step> poll() {
    Item item = items.poll();
    if (item == null) {
      return Optional.empty();
    }
    frameBytes.addAndGet(-item.bytes());
    return Optional.of(item.step());
  }

  /** Waits until there is something, for at most so long; may return early. */
  void await(long nanos) {
    long spinUntil = System.nanoTime() + Math.min(nanos, SPIN_NANOS);
    while (items.isEmpty() && System.nanoTime() < spinUntil) {
      Patience.pause();
    }
    sleeper = Thread.currentThread();
    try {
      // Checked again after the sleeper is named: whoever adds from now on wakes it.
      if (items.isEmpty() && nanos > SPIN_NANOS) {
        LockSupport.parkNanos(this, nanos - SPIN_NANOS);
      }
    } finally {
      sleeper = null;
    }
  }

  private void wake() {
    Thread asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
  }
}
