package io.registrar.jdbc;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One epoch: it knows the head as it left it, and moves it from there. */
final class JdbcSession implements StorageSession, JdbcStorage.Resource {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcSession.class);

  /** Of a commit's timeout, what the request may take; the rest is for settling a doubt. */
  private static final int REQUEST_PERCENT = 50;

  private static final int CLOSE_SECONDS = 10;

  private final JdbcStorage storage;
  private final Database database;
  private final FenceSnapshot snapshot;
  private final long epoch;
  private final ReentrantLock calls = new ReentrantLock();
  private volatile @Nullable Writer writer;
  private volatile boolean closed;
  private @Nullable StorageException end;
  private Head known;
  private long floor;

  /**
   * @param taken the fence, and the connection to write on
   * @param floor the version that the first commit must exceed
   */
  JdbcSession(JdbcStorage storage, Takeover.Taken taken, FenceSnapshot snapshot, long floor) {
    this.storage = storage;
    this.database = storage.database();
    this.writer = taken.writer();
    this.snapshot = snapshot;
    this.epoch = taken.head().epoch();
    this.known = taken.head();
    this.floor = floor;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public long commit(Batch batch, Duration timeout) throws StorageException {
    return exclusively(
        () -> {
          if (!snapshot.isOver()) {
            throw new IllegalStateException(
                "the snapshot at the fence must be exhausted or closed before the first commit");
          }
          JdbcStorage.LIMITS.check(batch);
          return commit(batch, Math.max(known.version(), floor) + 1, Deadline.after(timeout));
        });
  }

  private long commit(Batch batch, long next, Deadline deadline) throws StorageException {
    Deadline request = deadline.share(REQUEST_PERCENT);
    Writer to = writer("a commit, nothing of which was sent,", request);
    boolean moved;
    try {
      moved = to.commit(batch, known, next, request);
    } catch (SQLException e) {
      if (Failures.certainlyUndone(e)) {
        throw Failures.of("a commit, which the server undid,", database.address(), request, e);
      }
      return settle(next, deadline, e);
    }
    if (!moved) {
      look("a commit without effect", deadline);
      throw new DamagedException(
          "the head at " + database.address() + " is at " + known + ", and yet did not move");
    }
    advance(
        new Head(epoch, next, known.fence(), batch.header(), known.systemId(), known.timeline()));
    return next;
  }

  private long settle(long next, Deadline deadline, SQLException lost) throws StorageException {
    drop();
    Settlement.Settled settled = new Settlement(database, known, next, lost).settle(deadline);
    writer = settled.writer().orElse(null);
    if (settled.writer().isEmpty()) {
      // It took effect just before a later acquire: this answer is good, and the next is refused.
      end =
          new FencedException("epoch " + epoch + " was fenced by epoch " + settled.head().epoch());
      return next;
    }
    LOG.info(
        "A commit's answer was lost ({}), and settled: the head is at {}.",
        Failures.reason(lost),
        settled.head());
    boolean took = settled.head().version() == next;
    advance(settled.head());
    if (!took) {
      throw new UnavailableException(
          "a commit to "
              + database.address()
              + " failed, and was made impossible before it could"
              + " arrive: "
              + Failures.reason(lost),
          lost);
    }
    return next;
  }

  private void advance(Head head) {
    known = head;
    storage.highWater().raise(head);
  }

  @Override
  public void confirm(Duration timeout) throws StorageException {
    exclusively(
        () -> {
          look("confirm", Deadline.after(timeout));
          return epoch;
        });
  }

  /** Reads the head, which must be as this session left it. */
  private void look(String tried, Deadline deadline) throws StorageException {
    Writer from = writer(tried, deadline);
    Head head;
    try {
      head = from.connection().query(deadline, database::head);
    } catch (SQLException e) {
      drop();
      throw Failures.of(tried, database.address(), deadline, e);
    }
    if (head.epoch() > epoch) {
      throw new FencedException(
          "epoch " + epoch + " was fenced by epoch " + head.epoch() + " at " + database.address());
    }
    new HighWater.Mark(epoch, known.version(), database.address()).require(head);
    if (head.version() != known.version() || head.fence() != known.fence()) {
      throw new DamagedException(
          "the head at "
              + database.address()
              + " was changed by something else: it is at "
              + head
              + ", and this session had left it at "
              + known);
    }
  }

  /** The connection to write on; a new one if the last was lost. */
  private Writer writer(String tried, Deadline deadline) throws StorageException {
    Writer held = writer;
    if (held != null && !held.isClosed()) {
      return held;
    }
    drop();
    try {
      Writer fresh = database.writer(deadline);
      writer = fresh;
      return fresh;
    } catch (SQLException e) {
      throw Failures.of(tried, database.address(), deadline, e);
    }
  }

  private void drop() {
    Writer held = writer;
    if (held != null) {
      held.abort();
      writer = null;
    }
  }

  private long exclusively(Step step) throws StorageException {
    calls.lock();
    try {
      requireAlive();
      return step.run();
    } catch (FencedException
        | CommitUnknownException
        | DamagedException
        | IncompatibleException e) {
      over(e);
      throw e;
    } finally {
      calls.unlock();
    }
  }

  private void over(StorageException e) {
    if (end == null) {
      end = e;
      drop();
    }
    storage.heed(e);
  }

  private void requireAlive() throws StorageException {
    if (end instanceof FencedException) {
      throw new FencedException(String.valueOf(end.getMessage()), end);
    }
    if (closed || end != null) {
      throw new ClosedException(
          "the session of epoch " + epoch + (closed ? " was closed" : " is over"), end);
    }
  }

  @Override
  public void close() {
    closed = true;
    snapshot.close();
    Writer held = writer;
    if (lockForClose()) {
      try {
        Writer idle = writer;
        if (idle != null) {
          idle.close();
          writer = null;
        }
      } finally {
        calls.unlock();
      }
    } else if (held != null) {
      LOG.warn("A call of epoch {} to {} hangs; its connection is cut.", epoch, database.address());
      held.abort();
    }
    storage.forget(this);
  }

  private boolean lockForClose() {
    try {
      return calls.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return calls.tryLock();
    }
  }

  /** What a call does once it is this session's only one. */
  private interface Step {
    long run() throws StorageException;
  }
}
