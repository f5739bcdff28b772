package io.registrar.jdbc;

import io.registrar.spi.ClosedException;
import io.registrar.spi.Header;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction that reads and sees nothing of what comes after its beginning. It ends, and its
 * connection goes back to the pool, with the last record or with {@link #close}.
 */
final class JdbcSnapshot implements FenceSnapshot, JdbcStorage.Resource {
  static final String BEGIN = "begin transaction isolation level repeatable read, read only";
  private static final String END = "commit";
  private static final Logger LOG = LoggerFactory.getLogger(JdbcSnapshot.class);

  private final Head head;
  private final DatabaseAddress address;
  private final Duration patience;
  private final RecordPages pages;
  private final Consumer<JdbcSnapshot> atEnd;
  private final ReentrantLock reading = new ReentrantLock();
  private final Queue<StoredRecord> fetched = new ArrayDeque<>();
  private volatile @Nullable BoundedConnection connection;
  private volatile boolean over;
  private volatile boolean closed;
  private @Nullable StorageException failure;

  /**
   * @param head the head within the transaction
   * @param connection on which the transaction was begun
   */
  JdbcSnapshot(
      Head head,
      BoundedConnection connection,
      Database database,
      Duration patience,
      Consumer<JdbcSnapshot> atEnd) {
    this.head = head;
    this.connection = connection;
    this.address = database.address();
    this.pages = new RecordPages(database.registry(), database.settings().fetchSize());
    this.patience = patience;
    this.atEnd = atEnd;
  }

  @Override
  public long version() {
    return head.version();
  }

  @Override
  public long epoch() {
    return head.epoch();
  }

  @Override
  public Header header() {
    return head.header();
  }

  @Override
  public boolean isOver() {
    return over || closed;
  }

  @Override
  public Optional<StoredRecord> next() throws StorageException {
    reading.lock();
    try {
      if (closed) {
        throw closed();
      }
      if (failure != null) {
        throw failure;
      }
      BoundedConnection from = connection;
      if (fetched.isEmpty() && from != null) {
        fetch(from);
      }
      return Optional.ofNullable(fetched.poll());
    } finally {
      reading.unlock();
    }
  }

  private void fetch(BoundedConnection from) throws StorageException {
    Deadline deadline = Deadline.after(patience);
    try {
      fetched.addAll(from.call(deadline, pages::next));
      if (fetched.isEmpty()) {
        release(from);
      }
    } catch (SQLException e) {
      from.abort();
      release(from);
      failure = closed ? closed() : Failures.of("reading " + this, address, deadline, e);
      throw failure;
    }
  }

  private ClosedException closed() {
    return new ClosedException("the snapshot of version " + head.version() + " was closed");
  }

  @Override
  public void close() {
    closed = true;
    BoundedConnection from = connection;
    if (from != null && reading.isLocked()) {
      from.abort(); // whoever reads waits no longer
    }
    reading.lock();
    try {
      release(connection);
    } finally {
      reading.unlock();
    }
  }

  /** Ends the transaction and gives the connection back. */
  private void release(@Nullable BoundedConnection held) {
    over = true;
    connection = null;
    fetched.clear();
    if (held == null) {
      return;
    }
    try (held) {
      if (!held.isClosed()) {
        held.call(Deadline.after(patience), JdbcSnapshot::endTransaction);
      }
    } catch (SQLException e) {
      LOG.debug("the end of {} at {} failed: {}", this, address, e.getMessage());
      held.abort();
    }
    atEnd.accept(this);
  }

  private static boolean endTransaction(java.sql.Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(END);
    }
  }

  @Override
  public String toString() {
    return "the snapshot of version " + head.version();
  }
}
