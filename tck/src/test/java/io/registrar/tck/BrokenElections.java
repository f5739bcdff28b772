package io.registrar.tck;

import io.registrar.spi.Candidate;
import io.registrar.spi.Leadership;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.tck.plain.ElectingPlainStorage;
import io.registrar.tck.plain.ElectingPlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Storages with an election, each with a single step of it broken. */
final class BrokenElections {
  private BrokenElections() {}

  /** Nobody looks whether there is a leader. */
  public static class LetsEveryCandidateLead extends ElectingPlainStorageProvider {
    @Override
    protected Storage electing(PlainStore store, Path directory) throws StorageException {
      return new ElectingPlainStorage(store, directory) {
        @Override
        protected Optional<Leadership> tryToLead(Candidate candidate) {
          return Optional.of(new Unguarded());
        }

        @Override
        public Optional<Candidate> leader(Duration timeout) {
          return Optional.empty();
        }
      };
    }
  }

  /** A leader that has died is the leader still: its note outlives it. */
  public static class KeepsTheDeadAsLeader extends ElectingPlainStorageProvider {
    @Override
    protected Storage electing(PlainStore store, Path directory) throws StorageException {
      return new ElectingPlainStorage(store, directory) {
        @Override
        protected Optional<Leadership> tryToLead(Candidate candidate) throws StorageException {
          return Files.exists(directory.resolve("leader"))
              ? Optional.empty()
              : super.tryToLead(candidate);
        }
      };
    }
  }

  /** A resignation gives nothing back. */
  public static class KeepsTheLeaseOnResigning extends ElectingPlainStorageProvider {
    @Override
    protected Storage electing(PlainStore store, Path directory) throws StorageException {
      return new ElectingPlainStorage(store, directory) {
        @Override
        protected void giveBack(FileChannel channel) throws IOException {
          channel.force(false);
        }
      };
    }
  }

  private static final class Unguarded implements Leadership {
    @Override
    public boolean awaitEnd(Duration timeout) {
      return false;
    }

    @Override
    public void resign() {
      // There is nothing to give back.
    }
  }
}
