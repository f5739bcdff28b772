package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.ClosedException;
import io.registrar.spi.Election;
import io.registrar.spi.FencedException;
import io.registrar.spi.Floor;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainStorage;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import io.registrar.tck.plain.SharedPlainStorage;
import io.registrar.tck.plain.SharedPlainStorageProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What hurried authors get wrong with sessions, outcomes and lives: each storage is {@link
 * PlainStorage} with one step broken.
 */
final class BrokenSessions {
  private BrokenSessions() {}

  public static class AcknowledgesBeforeItIsDurable extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void persist() {
          // "Written soon": by close.
        }

        @Override
        protected void persistEpoch() throws IOException {
          super.persist();
        }

        @Override
        public synchronized void close() {
          try {
            super.persist();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          super.close();
        }
      };
    }
  }

  public static class CountsVersionsInMemory extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void load(PlainStore from) throws StorageException {
          super.load(from);
          version = 0;
        }
      };
    }
  }

  public static class LetsTheFencedCommit extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void requireLatest(PlainSession by) {
          // Nobody checks.
        }
      };
    }
  }

  public static class ChecksTheFenceBeforeTheWrite extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          super.requireLatest(by);
          LockSupport.parkNanos(1_000_000);
          return super.commit(by, batch);
        }

        @Override
        protected void requireLatest(PlainSession by) {
          // Checked before, outside of the atomic step.
        }

        @Override
        protected synchronized void confirm(PlainSession by) throws StorageException {
          super.requireLatest(by);
        }
      };
    }
  }

  public static class KeepsTheFenceInMemory extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void persistEpoch() {
          // The next commit will write it.
        }
      };
    }
  }

  public static class IgnoresTheFloor extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long nextEpoch(Floor floor) {
          return super.nextEpoch(Floor.NONE);
        }
      };
    }
  }

  public static class GivesOneEpochTwice extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        public io.registrar.spi.StorageSession acquire(String owner, Floor floor, Duration timeout)
            throws StorageException {
          long next = nextEpoch(floor);
          LockSupport.parkNanos(2_000_000);
          synchronized (this) {
            requireOpen();
            epoch = Math.max(epoch, next);
            return session(floor);
          }
        }
      };
    }
  }

  public static class ForgivesTheFenced extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private int refused;

        @Override
        protected synchronized void requireLatest(PlainSession by) throws FencedException {
          try {
            super.requireLatest(by);
          } catch (FencedException e) {
            if (++refused % 4 != 0) {
              throw e;
            }
          }
        }
      };
    }
  }

  public static class ConfirmsByCommitting extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected synchronized void confirm(PlainSession by) throws StorageException {
          super.confirm(by);
          version++;
        }
      };
    }
  }

  public static class ReadFences extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        public synchronized Snapshot read(Duration timeout) throws StorageException {
          epoch++;
          return super.read(timeout);
        }
      };
    }
  }

  public static class CallsAnInterruptedCommitFailed extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          long made = super.commit(by, batch);
          if (Thread.currentThread().isInterrupted()) {
            throw new UnavailableException("interrupted while waiting for the answer");
          }
          return made;
        }
      };
    }
  }

  public static class LeaksAThread extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      Thread watcher = new Thread(LockSupport::park, "watcher");
      watcher.setDaemon(true);
      watcher.start();
      return new PlainStorage(file);
    }
  }

  public static class ServesAfterClose extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void requireOpen() throws ClosedException {
          // A map is still there.
        }
      };
    }
  }

  public static class ChecksTheFenceInItsOwnProcess extends SharedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new SharedPlainStorage(file) {
        private long own;

        @Override
        protected long nextEpoch(Floor floor) {
          own = super.nextEpoch(floor);
          return own;
        }

        @Override
        protected synchronized void requireLatest(PlainSession by) throws FencedException {
          if (by.epoch() != own) {
            throw new FencedException("another session of this process has acquired since");
          }
        }
      };
    }
  }

  public static class FoldsRegistryNames extends PlainStorageProvider {
    @Override
    protected String fileName(String registry) {
      return super.fileName(registry.replace('.', '_'));
    }
  }

  public static class SwallowsTheErrorsOfTheDisk extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void persist() {
          try {
            super.persist();
          } catch (IOException e) {
            System.err.println("could not write: " + e);
          }
        }
      };
    }
  }

  public static class HasNoElectionAndDoesNotSaySo extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        public Election election() {
          throw new UnsupportedOperationException();
        }
      };
    }
  }
}
