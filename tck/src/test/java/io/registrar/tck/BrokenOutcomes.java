package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.LimitExceededException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StoredRecord;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainSnapshot;
import io.registrar.tck.plain.PlainStorage;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** What hurried authors get wrong with versions, the fence's state, and what a caller is told. */
final class BrokenOutcomes {
  private BrokenOutcomes() {}

  public static class TakesVersionsFromTheClock extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          version = Math.max(version, System.currentTimeMillis());
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class CallsTheSameBytesNoCommit extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          requireOpen();
          requireLatest(by);
          return batch.deletes().isEmpty() && batch.puts().stream().allMatch(this::isThere)
              ? version
              : super.commit(by, batch);
        }

        private boolean isThere(StoredRecord put) {
          return Arrays.equals(records.get(put.key()), put.value());
        }
      };
    }
  }

  public static class BurnsAVersionOnARefusal extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          try {
            return super.commit(by, batch);
          } catch (LimitExceededException e) {
            version++;
            throw e;
          }
        }
      };
    }
  }

  public static class KnowsItsOwnerAgain extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private String latest = "";

        @Override
        public synchronized StorageSession acquire(String owner, Floor floor, Duration timeout)
            throws StorageException {
          if (owner.equals(latest)) {
            requireOpen();
            return session(floor);
          }
          latest = owner;
          return super.acquire(owner, floor, timeout);
        }
      };
    }
  }

  public static class ConfirmsWithoutAsking extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void confirm(PlainSession by) throws StorageException {
          requireOpen();
        }
      };
    }
  }

  public static class AcquiresOneCommitBehind extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private PlainSnapshot behind = super.snapshot();
        private boolean acquiring;

        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          behind = super.snapshot();
          return super.commit(by, batch);
        }

        @Override
        protected StorageSession session(Floor floor) {
          acquiring = true;
          try {
            return super.session(floor);
          } finally {
            acquiring = false;
          }
        }

        @Override
        protected PlainSnapshot snapshot() {
          return acquiring ? behind : super.snapshot();
        }
      };
    }
  }

  /** Nobody: for three times the longest pause that commits have made beside a read so far. */
  public static class ReadsUntilNobodyCommits extends PlainStorageProvider {
    private static final long LEAST_PAUSE_NANOS = 10_000_000;

    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private volatile long longestPause = LEAST_PAUSE_NANOS;
        private volatile long latest = System.nanoTime();
        private volatile boolean reading;

        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          long made = super.commit(by, batch);
          long now = System.nanoTime();
          if (reading) {
            longestPause = Math.max(longestPause, now - latest);
          }
          latest = now;
          return made;
        }

        @Override
        public Snapshot read(Duration timeout) throws StorageException {
          reading = true;
          long before;
          do {
            before = latest;
            LockSupport.parkNanos(3 * longestPause);
          } while (before != latest);
          reading = false;
          return super.read(timeout);
        }
      };
    }
  }

  public static class GoesOnAfterUnknown extends OddStorages.AFifthOfCommitsIsUnknown {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new OddStorages.EveryFifth(file) {
        @Override
        long fifth(PlainSession by, Batch batch, int which) throws StorageException {
          throw new CommitUnknownException("the answer to the commit was lost");
        }

        @Override
        protected void end(PlainSession inDoubt, CommitUnknownException after) {
          // "Perhaps the next one is answered."
        }
      };
    }
  }

  /** It lands when the next session has read its snapshot. */
  public static class LandsAfterTheFence extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new OddStorages.EveryFifth(file) {
        private Batch late;

        @Override
        long fifth(PlainSession by, Batch batch, int which) throws StorageException {
          late = batch;
          throw new CommitUnknownException("the answer to the commit was lost");
        }

        @Override
        protected StorageSession session(Floor floor) {
          StorageSession session = super.session(floor);
          if (late != null) {
            apply(late);
            version++;
            late = null;
          }
          return session;
        }
      };
    }
  }

  public static class WaitsWithoutATimeout extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Duration timeout, Batch batch)
            throws StorageException {
          if (timeout.toSeconds() < 1) {
            LockSupport.parkNanos(Duration.ofSeconds(6).toNanos());
          }
          return super.commit(by, timeout, batch);
        }
      };
    }
  }

  public static class TakesItsOwnCommitForAnothers extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          long made = super.commit(by, batch);
          if (Thread.currentThread().isInterrupted()) {
            throw new FencedException("tried again, and version " + made + " was there already");
          }
          return made;
        }
      };
    }
  }

  public static class SwallowsTheInterrupt extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          LockSupport.parkNanos(2_000_000);
          long made = super.commit(by, batch);
          Thread.interrupted();
          return made;
        }
      };
    }
  }
}
