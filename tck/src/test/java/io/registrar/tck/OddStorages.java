package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Floor;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainStorage;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Correct, but odd: each storage keeps the contract in a way that a hasty kit would not expect. */
final class OddStorages {
  private OddStorages() {}

  /** A provider that is found by a name of its own (rule 10). */
  abstract static class Odd extends PlainStorageProvider {
    @Override
    public String name() {
      return "plain_" + getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }

  public static class EpochsJumpByAMillion extends Odd {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long nextEpoch(Floor floor) {
          return super.nextEpoch(floor) + 999_999;
        }
      };
    }
  }

  /**
   * As slow as a tenth of the timeout, but no slower than a disk's sync; and every fiftieth call as
   * slow as a disk that is busy with something else.
   */
  public static class EveryCallIsSlow extends Odd {
    private static final Duration SYNC = Duration.ofMillis(1);
    private static final Duration BUSY = Duration.ofMillis(50);
    private static final int BUSY_ONE_IN = 50;
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        public StorageSession acquire(String owner, Floor floor, Duration timeout)
            throws StorageException {
          linger(timeout);
          return super.acquire(owner, floor, timeout);
        }

        @Override
        public Snapshot read(Duration timeout) throws StorageException {
          linger(timeout);
          return super.read(timeout);
        }

        @Override
        protected long commit(PlainSession by, Duration timeout, Batch batch)
            throws StorageException {
          linger(timeout);
          return super.commit(by, timeout, batch);
        }
      };
    }

    private static void linger(Duration timeout) {
      Duration most = CALLS.incrementAndGet() % BUSY_ONE_IN == 0 ? BUSY : SYNC;
      Duration tenth = timeout.dividedBy(10);
      LockSupport.parkNanos((tenth.compareTo(most) < 0 ? tenth : most).toNanos());
    }
  }

  public static class AFifthOfCommitsIsUnknown extends Odd {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new EveryFifth(file) {
        @Override
        long fifth(PlainSession by, Batch batch, int which) throws StorageException {
          if (which % 2 == 0) {
            super.fifth(by, batch, which);
          }
          throw new CommitUnknownException("the answer to the commit was lost");
        }
      };
    }
  }

  public static class AFifthOfCommitsIsUnavailable extends Odd {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new EveryFifth(file) {
        @Override
        long fifth(PlainSession by, Batch batch, int which) throws StorageException {
          throw new UnavailableException("nothing was sent: the connection was lost before");
        }
      };
    }
  }

  /** One of five commits that would succeed goes another way. */
  abstract static class EveryFifth extends PlainStorage {
    private int commits;

    EveryFifth(PlainStore file) throws StorageException {
      super(file);
    }

    long fifth(PlainSession by, Batch batch, int which) throws StorageException {
      return super.commit(by, batch);
    }

    @Override
    protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
      requireOpen();
      requireLatest(by);
      limits().check(batch);
      commits++;
      return commits % 5 == 2 ? fifth(by, batch, commits / 5) : super.commit(by, batch);
    }
  }
}
