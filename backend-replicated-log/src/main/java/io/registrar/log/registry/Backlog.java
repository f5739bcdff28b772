package io.registrar.log.registry;

import io.registrar.spi.ChangeEvent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest commits one by one, bounded in number and bytes: what change feeds read. Thread-safe.
 */
final class Backlog {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final TreeMap<Long, ChangeEvent.Committed> kept = new TreeMap<>();
  private long after;
  private long latest;
  private long bytes;
  private long woken;

  /** Forgets all: nothing at or before this version is kept one by one. */
  void reset(long version) {
    lock.lock();
    try {
      kept.clear();
      bytes = 0;
      after = version;
      latest = version;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void add(ChangeEvent.Committed commit) {
    lock.lock();
    try {
      kept.put(commit.version(), commit);
      latest = commit.version();
      bytes += commit.batch().countedBytes();
      while (kept.size() > MOST || bytes > MOST_BYTES && kept.size() > 1) {
        ChangeEvent.Committed oldest = kept.pollFirstEntry().getValue();
        bytes -= oldest.batch().countedBytes();
        after = oldest.version();
      }
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody who waits look again. */
  void wake() {
    lock.lock();
    try {
      woken++;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What follows a version, waiting for it for so long; empty if nothing came, or {@link #wake} was
   * called.
   */
  Optional<ChangeEvent> next(long version, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      long wokenBefore = woken;
      while (version == latest && left > 0 && woken == wokenBefore) {
        left = added.awaitNanos(left);
      }
      if (version < after || version > latest) {
        return Optional.of(new ChangeEvent.StartFromSnapshot(after));
      }
      return Optional.ofNullable(kept.higherEntry(version)).map(Map.Entry::getValue);
    } finally {
      lock.unlock();
    }
  }
}
