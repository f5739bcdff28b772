package io.registrar.log.ensemble;

import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.tck.StorageTarget;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One opening of a member. A process that has all members open already opens one of them again, and
 * what it has in common with the earlier opening is closed with the last.
 */
final class BorrowedMember implements Storage {
  /** A member that is open in this process. */
  private static final class Shared {
    private final Storage storage;
    private int openings;

    Shared(Storage storage) {
      this.storage = storage;
    }
  }

  private static final Map<StorageTarget, Shared> OPEN = new HashMap<>();

  private final StorageTarget target;
  private final Storage storage;
  private final Socket loan;
  private volatile boolean closed;

  private BorrowedMember(StorageTarget target, Storage storage, Socket loan) {
    this.target = target;
    this.storage = storage;
    this.loan = loan;
  }

  static BorrowedMember open(StorageTarget target, Socket loan) throws StorageException {
    synchronized (OPEN) {
      Shared shared = OPEN.get(target);
      if (shared == null) {
        shared = new Shared(target.open());
        OPEN.put(target, shared);
      }
      shared.openings++;
      return new BorrowedMember(target, shared.storage, loan);
    }
  }

  @Override
  public Limits limits() {
    return storage.limits();
  }

  @Override
  public Set<Capability> capabilities() {
    return storage.capabilities();
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    requireOpen();
    return storage.acquire(owner, floor, timeout);
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    requireOpen();
    return storage.read(timeout);
  }

  @Override
  public Election election() throws StorageException {
    requireOpen();
    return storage.election();
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    requireOpen();
    return storage.changes(afterVersion);
  }

  @Override
  public Map<String, Long> gauges() {
    return storage.gauges();
  }

  private void requireOpen() throws ClosedException {
    if (closed) {
      throw new ClosedException("this opening was closed");
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      if (closed) {
        return;
      }
      closed = true;
      Shared shared = OPEN.get(target);
      if (shared != null && --shared.openings == 0) {
        OPEN.remove(target);
        shared.storage.close();
      }
    }
    BorrowedMemberProvider.close(loan);
  }
}
