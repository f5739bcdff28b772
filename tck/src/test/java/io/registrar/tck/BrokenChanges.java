package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.ChangeEvent;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.tck.plain.FollowedPlainStorage;
import io.registrar.tck.plain.FollowedPlainStorageProvider;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainStore;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Storages that tell their changes, each with a single step of it broken. */
final class BrokenChanges {
  private static final int ONE_IN = 7;

  private BrokenChanges() {}

  public static class SkipsAChange extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        @Override
        protected void tell(ChangeEvent.Committed commit) {
          if (commit.version() % ONE_IN != 0) {
            keep(commit);
          }
        }
      };
    }
  }

  public static class TellsAChangeTwice extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        private long again;

        @Override
        protected synchronized Optional<ChangeEvent> after(long told) {
          boolean second = told % ONE_IN == ONE_IN - 1 && again != told;
          again = told;
          return super.after(second ? told - 1 : told);
        }
      };
    }
  }

  public static class TellsTheLatestFirst extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        @Override
        protected synchronized Optional<ChangeEvent> after(long told) {
          ChangeEvent.Committed latest = kept.peekLast();
          return latest != null && told >= before && told < latest.version()
              ? Optional.of(latest)
              : super.after(told);
        }
      };
    }
  }

  public static class TellsBeforeItIsDurable extends FollowedPlainStorageProvider {
    private static final long UNTIL_IT_IS_WRITTEN_NANOS = 20_000_000;

    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          synchronized (this) {
            requireOpen();
            requireLatest(by);
            version++;
            keep(new ChangeEvent.Committed(version, by.epoch(), copy(batch)));
          }
          LockSupport.parkNanos(UNTIL_IT_IS_WRITTEN_NANOS);
          synchronized (this) {
            version--;
            return super.commit(by, batch);
          }
        }

        @Override
        protected void tell(ChangeEvent.Committed commit) {
          // They know already.
        }
      };
    }
  }

  public static class TellsWhatIsRefused extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          keep(new ChangeEvent.Committed(version + 1, by.epoch(), copy(batch)));
          return super.commit(by, batch);
        }

        @Override
        protected void tell(ChangeEvent.Committed commit) {
          // They know already.
        }
      };
    }
  }

  public static class LeavesAGap extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        @Override
        protected synchronized Optional<ChangeEvent> after(long told) {
          return super.after(told < before ? before : told);
        }
      };
    }
  }

  public static class ForgetsItAllUnsaid extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        private final long begun = before;

        @Override
        protected synchronized Optional<ChangeEvent> after(long told) {
          return super.after(Math.max(told, begun));
        }
      };
    }
  }

  public static class WaitsForWhatIsBeyond extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        @Override
        protected synchronized Optional<ChangeEvent> after(long told) {
          return told > version ? Optional.empty() : super.after(told);
        }
      };
    }
  }

  public static class GoesOnAfterTheSnapshot extends FollowedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new FollowedPlainStorage(file) {
        private boolean said;

        @Override
        protected synchronized Optional<ChangeEvent> after(long told) {
          if (told >= before || !said) {
            said = told < before;
            return super.after(told);
          }
          return super.after(before);
        }

        @Override
        protected boolean staysBehind() {
          return false;
        }
      };
    }
  }
}
