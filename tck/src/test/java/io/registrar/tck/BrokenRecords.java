package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainSnapshot;
import io.registrar.tck.plain.PlainStorage;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import io.registrar.tck.plain.SharedPlainStorage;
import io.registrar.tck.plain.SharedPlainStorageProvider;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What hurried authors get wrong with records and reads: each storage is {@link PlainStorage} with
 * one step broken.
 */
final class BrokenRecords {
  private BrokenRecords() {}

  public static class AppliesKeyByKey extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          for (StoredRecord put : batch.puts()) {
            synchronized (this) {
              requireOpen();
              requireLatest(by);
              records.put(put.key(), put.value().clone());
            }
          }
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class IgnoresDeletes extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void apply(Batch batch) {
          TreeMap<RecordKey, byte[]> before = new TreeMap<>(records);
          super.apply(batch);
          batch.deletes().stream()
              .filter(before::containsKey)
              .forEach(key -> records.put(key, before.get(key)));
        }
      };
    }
  }

  public static class ReadsOneCommitBehind extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        private PlainSnapshot behind = snapshot();

        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          behind = snapshot();
          return super.commit(by, batch);
        }

        @Override
        public synchronized Snapshot read(Duration timeout) throws StorageException {
          requireOpen();
          PlainSnapshot given = behind;
          behind = snapshot();
          return given;
        }
      };
    }
  }

  public static class ListsOnePage extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected PlainSnapshot snapshot() {
          TreeMap<RecordKey, byte[]> page = new TreeMap<>();
          records.entrySet().stream()
              .limit(10_000)
              .forEach(record -> page.put(record.getKey(), record.getValue()));
          return new PlainSnapshot(this, version, epoch, header, page);
        }
      };
    }
  }

  public static class SnapshotsAreLive extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected PlainSnapshot snapshot() {
          return new PlainSnapshot(this, version, epoch, header, records);
        }
      };
    }
  }

  public static class MislabelsTheHeader extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected PlainSnapshot snapshot() {
          byte[] bytes = header.bytes();
          Header cut = Header.of(Arrays.copyOf(bytes, Math.min(bytes.length, 1024)));
          return new PlainSnapshot(this, version, epoch, cut, new TreeMap<>(records));
        }
      };
    }
  }

  public static class FoldsCase extends ChangesKeys {
    @Override
    String change(String id) {
      return id.toLowerCase(Locale.ROOT);
    }
  }

  public static class NormalisesUnicode extends ChangesKeys {
    @Override
    String change(String id) {
      return Normalizer.normalize(id, Normalizer.Form.NFC);
    }
  }

  public static class TrimsKeys extends ChangesKeys {
    @Override
    String change(String id) {
      return id.isBlank() ? id : id.stripTrailing();
    }
  }

  abstract static class ChangesKeys extends PlainStorageProvider {
    abstract String change(String id);

    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void apply(Batch batch) {
          batch.deletes().forEach(key -> records.remove(changed(key)));
          batch.puts().forEach(put -> records.put(changed(put.key()), put.value().clone()));
        }

        private RecordKey changed(RecordKey key) {
          return new RecordKey(key.kind(), change(key.id()));
        }
      };
    }
  }

  public static class DeletesByPrefix extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void apply(Batch batch) {
          batch.deletes().forEach(gone -> records.keySet().removeIf(key -> isBelow(key, gone)));
          super.apply(batch);
        }

        private boolean isBelow(RecordKey key, RecordKey gone) {
          return key.kind().equals(gone.kind()) && key.id().startsWith(gone.id() + "/");
        }
      };
    }
  }

  public static class TakesEmptyForAbsent extends ChangesValues {
    @Override
    void put(TreeMap<RecordKey, byte[]> records, StoredRecord put) {
      if (put.value().length > 0) {
        records.put(put.key(), put.value().clone());
      } else {
        records.remove(put.key());
      }
    }
  }

  public static class CutsLongValues extends ChangesValues {
    @Override
    void put(TreeMap<RecordKey, byte[]> records, StoredRecord put) {
      records.put(put.key(), Arrays.copyOf(put.value(), Math.min(put.value().length, 65_535)));
    }
  }

  public static class KeepsTheCallersArray extends ChangesValues {
    @Override
    void put(TreeMap<RecordKey, byte[]> records, StoredRecord put) {
      records.put(put.key(), put.value());
    }
  }

  abstract static class ChangesValues extends PlainStorageProvider {
    abstract void put(TreeMap<RecordKey, byte[]> records, StoredRecord put);

    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected void apply(Batch batch) {
          batch.deletes().forEach(records::remove);
          batch.puts().forEach(put -> put(records, put));
        }
      };
    }
  }

  public static class HandsOutItsOwnArrays extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected byte[] handOut(byte[] value) {
          return value;
        }
      };
    }
  }

  public static class WritesBeforeItChecksLimits extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          requireOpen();
          requireLatest(by);
          apply(batch);
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class ReadsFromItsOwnMemory extends SharedPlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new SharedPlainStorage(file) {
        @Override
        public synchronized Snapshot read(Duration timeout) throws StorageException {
          requireOpen();
          return snapshot();
        }
      };
    }
  }
}
