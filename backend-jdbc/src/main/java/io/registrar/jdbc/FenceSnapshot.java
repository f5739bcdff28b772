package io.registrar.jdbc;

import io.registrar.spi.ClosedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Header;
import io.registrar.spi.Snapshot;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import java.util.Optional;

/** The snapshot of a session: the session looks whether it has been read. */
interface FenceSnapshot extends Snapshot {
  /** Whether nothing is left to read. May be called by any thread. */
  boolean isOver();

  /**
   * That of a session which was overtaken before its state at the fence could be read: it knows the
   * fence, and has no records to give.
   */
  final class Overtaken implements FenceSnapshot {
    private final Head atFence;
    private final long nowEpoch;
    private volatile boolean closed;

    Overtaken(Head atFence, long nowEpoch) {
      this.atFence = atFence;
      this.nowEpoch = nowEpoch;
    }

    @Override
    public long version() {
      return atFence.version();
    }

    @Override
    public long epoch() {
      return atFence.epoch();
    }

    @Override
    public Header header() {
      return atFence.header();
    }

    @Override
    public Optional<StoredRecord> next() throws StorageException {
      if (closed) {
        throw new ClosedException("the snapshot of version " + version() + " was closed");
      }
      throw new FencedException(
          "epoch " + epoch() + " was overtaken by epoch " + nowEpoch + " before it was read");
    }

    @Override
    public boolean isOver() {
      return true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
