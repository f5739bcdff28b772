package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A session: its epoch, the version that it knows, and how it ended. */
final class LogSession implements StorageSession {
  private final Writing writing;
  private final Gate gate;
  private final StateSnapshot snapshot;
  private final ReentrantLock turn = new ReentrantLock();
  private long version;
  private long floor;
  private volatile @Nullable Refusal ending;

  LogSession(Writing writing, Gate gate, StateSnapshot snapshot, long floor) {
    this.writing = writing;
    this.gate = gate;
    this.snapshot = snapshot;
    this.version = snapshot.version();
    this.floor = floor;
  }

  @Override
  public long epoch() {
    return snapshot.epoch();
  }

  /** The files are written by the replica's thread alone, which nobody interrupts. */
  @Override
  public boolean ignoresInterrupts() {
    return true;
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    turn.lock();
    try (Gate.Call call = gate.enter()) {
      requireGoingOn();
      LogStorage.LIMITS.check(batch);
      if (!snapshot.isOver()) {
        throw new IllegalStateException(
            "the snapshot at the fence must be exhausted or closed before the first commit");
      }
      long next = Math.max(version, floor) + 1;
      writing.append(epoch(), version, next, batch, deadline);
      version = next;
      floor = 0;
      return next;
    } catch (FencedException | CommitUnknownException | DamagedException e) {
      endBy(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    turn.lock();
    try (Gate.Call call = gate.enter()) {
      requireGoingOn();
      writing.confirm(epoch(), deadline);
    } catch (FencedException | DamagedException e) {
      endBy(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /** Waits for the call in flight, which ends within its timeout. */
  @Override
  public void close() {
    turn.lock();
    try {
      end(() -> new ClosedException("the session of epoch " + epoch() + " was closed"));
    } finally {
      turn.unlock();
    }
    snapshot.close();
  }

  private void endBy(StorageException failure) {
    if (failure instanceof FencedException) {
      String message = String.valueOf(failure.getMessage());
      end(() -> new FencedException(message));
    } else {
      end(() -> new ClosedException("the session of epoch " + epoch() + " is over", failure));
    }
  }

  /** The first reason stays. */
  private void end(Refusal why) {
    if (ending == null) {
      ending = why;
    }
  }

  private void requireGoingOn() throws StorageException {
    Refusal ended = ending;
    if (ended != null) {
      throw ended.exception();
    }
  }
}
