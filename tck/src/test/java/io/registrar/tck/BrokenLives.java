package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Capability;
import io.registrar.spi.ClosedException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Header;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.tck.plain.PlainContents;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainStorage;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import io.registrar.tck.plain.SharedPlainStorageProvider;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What hurried authors get wrong between one opening and the next, and with damaged bytes. */
final class BrokenLives {
  private BrokenLives() {}

  public static class NeverSyncs extends PlainStorageProvider {
    @Override
    protected PlainStore store(Path file) throws StorageException {
      PlainStore synced = super.store(file);
      return new PlainStore() {
        @Override
        public PlainContents read() throws StorageException {
          return synced.read();
        }

        @Override
        public void write(PlainContents contents) throws IOException {
          Path written = Files.write(Path.of(file + ".new"), contents.toBytes());
          Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() {
          synced.close();
        }
      };
    }
  }

  public static class DeletesComeBack extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private final TreeMap<RecordKey, byte[]> deleted = new TreeMap<>();

        @Override
        protected void apply(Batch batch) {
          for (RecordKey key : batch.deletes()) {
            if (records.containsKey(key)) {
              deleted.put(key, records.get(key));
            }
          }
          super.apply(batch);
          deleted.keySet().removeAll(records.keySet());
        }

        @Override
        protected void persist() throws IOException {
          records.putAll(deleted);
          try {
            super.persist();
          } finally {
            records.keySet().removeAll(new TreeSet<>(deleted.keySet()));
          }
        }
      };
    }
  }

  public static class ForgetsTheHeader extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void load(PlainStore from) throws StorageException {
          super.load(from);
          header = Header.EMPTY;
        }
      };
    }
  }

  /** Several processes have the files, and each believes to be alone. */
  public static class TakesNoLock extends SharedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file);
    }
  }

  public static class NamesNoHolder extends PlainStorageProvider {
    @Override
    protected PlainStore store(Path file) throws StorageException {
      try {
        return super.store(file);
      } catch (io.registrar.spi.InUseException e) {
        throw new io.registrar.spi.InUseException("the registry is in use, sorry");
      }
    }
  }

  public static class ClosesTheNextOne extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        public void close() {
          super.close();
          file.close();
        }
      };
    }
  }

  public static class AcknowledgesAfterClose extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          try {
            return super.commit(by, batch);
          } catch (ClosedException e) {
            return version + 1;
          }
        }
      };
    }
  }

  public static class LeaksAFile extends PlainStorageProvider {
    private static final List<FileInputStream> FORGOTTEN = new ArrayList<>();

    @Override
    protected PlainStore store(Path file) throws StorageException {
      PlainStore store = super.store(file);
      try {
        FORGOTTEN.add(new FileInputStream(file + ".lock"));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return store;
    }
  }

  public static class FoldsTheCaseOfRegistries extends PlainStorageProvider {
    @Override
    protected String fileName(String registry) {
      return super.fileName(registry.toLowerCase(Locale.ROOT));
    }
  }

  public static class CrashesOverDamage extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      try {
        return super.storage(file);
      } catch (DamagedException e) {
        throw new IllegalStateException("this cannot happen", e);
      }
    }
  }

  public static class TakesAnotherFormatForNothing extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void load(PlainStore from) throws StorageException {
          try {
            super.load(from);
          } catch (IncompatibleException e) {
            records = new TreeMap<>();
          }
        }
      };
    }
  }

  public static class LetsItsCapabilitiesBeChanged extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private final EnumSet<Capability> capabilities = EnumSet.of(Capability.DURABLE);

        @Override
        public Set<Capability> capabilities() {
          return capabilities;
        }
      };
    }
  }
}
