package io.registrar.log;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.replica.LogFollower;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Follows the log for its readers: how far it goes, and which of its entries count for nothing, for
 * their writer had been replaced. There are few of these.
 */
final class EntryWatch implements LogFollower {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Set<Long> withoutEffect = ConcurrentHashMap.newKeySet();
  private volatile long last;
  private volatile long version;
  private volatile boolean over;

  /** The last position that this member has learned. */
  long last() {
    return last;
  }

  /** How many entries were appended, as every replica counts them. */
  long version() {
    return version;
  }

  boolean counts(long position) {
    return !withoutEffect.contains(position);
  }

  /** Waits until the log goes beyond a position, the time runs out, or the member is closed. */
  void awaitBeyond(long position, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (last <= position && left > 0 && !over) {
        left = grown.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void standsOn(Footing footing) {
    withoutEffect.clear();
    version = footing.base().version();
    reach(footing.base().begin().value() - 1);
  }

  @Override
  public void chosen(Position position, Entry entry, Delivery.Effect effect) {
    if (entry.content() instanceof Content.Append append) {
      if (effect == Delivery.Effect.TAKEN) {
        version = append.version();
      } else {
        withoutEffect.add(position.value());
      }
    } else if (entry.content() instanceof Content.Cut cut && effect == Delivery.Effect.TAKEN) {
      withoutEffect.removeIf(gone -> gone < cut.base().begin().value());
    }
    reach(position.value());
  }

  private void reach(long position) {
    lock.lock();
    try {
      last = position;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void told(Delivery delivery) {
    // Callers get their answers; nothing else concerns a reader.
  }

  @Override
  public void noted(MemberId from, Bytes note) {
    // A log by itself has nothing to say beside the protocol.
  }

  @Override
  public void ended() {
    over = true;
    reach(last);
  }
}
