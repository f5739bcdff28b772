package io.registrar.tck;

import io.registrar.spi.Batch;
import io.registrar.spi.RecordKey;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StoredRecord;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.plain.PlainSession;
import io.registrar.tck.plain.PlainStorage;
import io.registrar.tck.plain.PlainStorageProvider;
import io.registrar.tck.plain.PlainStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What hurried authors get wrong with large batches and odd bytes. */
final class BrokenBatches {
  private static final int PACKET_KEYS = 1_000;

  private BrokenBatches() {}

  public static class SplitsLargeBatches extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          if (batch.puts().size() > PACKET_KEYS) {
            List<StoredRecord> packet = batch.puts().subList(0, PACKET_KEYS);
            synchronized (this) {
              requireOpen();
              requireLatest(by);
              packet.forEach(put -> records.put(put.key(), put.value().clone()));
            }
            LockSupport.parkNanos(1_000_000);
          }
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class MovesTheHeadFirst extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          synchronized (this) {
            requireOpen();
            requireLatest(by);
            header = batch.header();
          }
          LockSupport.parkNanos(500_000);
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class TakesFewerKeysThanItSays extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected long commit(PlainSession by, Batch batch) throws StorageException {
          if (batch.keys() > PACKET_KEYS) {
            throw new UnavailableException("too many parameters in one statement");
          }
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class FailsToDeleteTheAbsent extends PlainStorageProvider {
    @Override
    protected Storage storage(PlainStore file) throws StorageException {
      return new PlainStorage(file) {
        @Override
        protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
          for (RecordKey key : batch.deletes()) {
            if (!records.containsKey(key)) {
              throw new UnavailableException("0 rows deleted where 1 was expected");
            }
          }
          return super.commit(by, batch);
        }
      };
    }
  }

  public static class LosesLargeValues extends BrokenRecords.ChangesValues {
    @Override
    void put(TreeMap<RecordKey, byte[]> records, StoredRecord put) {
      if (put.value().length < 200 * 1024) {
        records.put(put.key(), put.value().clone());
      }
    }
  }

  public static class KeepsValuesAsText extends BrokenRecords.ChangesValues {
    @Override
    void put(TreeMap<RecordKey, byte[]> records, StoredRecord put) {
      String text = new String(put.value(), StandardCharsets.UTF_8);
      records.put(put.key(), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  public static class KeepsKeysInAscii extends BrokenRecords.ChangesKeys {
    @Override
    String change(String id) {
      return new String(id.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    }
  }

  public static class CutsLongKeys extends BrokenRecords.ChangesKeys {
    @Override
    String change(String id) {
      return id.length() > 255 ? id.substring(0, 255) : id;
    }
  }
}
