package io.registrar.log.replica;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Where the replica's thread publishes how it stands, and others wait for it. Thread-safe. */
final class StatusBoard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile ReplicaStatus status;

  StatusBoard(ReplicaStatus first) {
    this.status = first;
  }

  ReplicaStatus now() {
    return status;
  }

  void publish(ReplicaStatus next) {
    if (next.equals(status)) {
      return;
    }
    lock.lock();
    try {
      status = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the status is as wished, or the time has run out, and answers the last one. */
  ReplicaStatus await(Predicate<ReplicaStatus> wished, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (!wished.test(status) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return status;
    } finally {
      lock.unlock();
    }
  }
}
