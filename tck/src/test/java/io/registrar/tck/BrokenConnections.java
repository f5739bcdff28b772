package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainStore;
import io.registrar.tck.plain.RemotePlainStorageProvider;
import io.registrar.tck.plain.SharedPlainStorage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Storages behind a connection, each with a single step broken when it is cut. */
final class BrokenConnections {
  private BrokenConnections() {}

  /** A lost answer is told as a failure, whatever became of the write. */
  public static class CallsALostAnswerAFailure extends RemotePlainStorageProvider {
    @Override
    protected Storage storage(PlainStore store) throws StorageException {
      return new SharedPlainStorage(store);
    }
  }

  /** A lost answer is taken for a fence, as if another's write stood there. */
  public static class TakesALostAnswerForAFence extends RemotePlainStorageProvider {
    @Override
    protected Storage storage(PlainStore store) throws StorageException {
      return new Remote(store) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          try {
            return super.commit(by, batch);
          } catch (CommitUnknownException e) {
            throw new FencedException("another has written", e);
          }
        }
      };
    }
  }

  /** Tries to connect again for far longer than its caller waits. */
  public static class ConnectsAgainWithoutADeadline extends RemotePlainStorageProvider {
    @Override
    protected Storage storage(PlainStore store) throws StorageException {
      return new Remote(store) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          Deadline own = Deadline.after(Duration.ofSeconds(9));
          while (true) {
            try {
              return super.commit(by, batch);
            } catch (UnavailableException e) {
              if (own.hasPassed()) {
                throw e;
              }
              LockSupport.parkNanos(20_000_000);
            }
          }
        }
      };
    }
  }
}
