package io.registrar.zookeeper;

import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.StoredRecord;
import io.registrar.tck.fault.Deadline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Opens registries, and says in a line what the tests do with them. */
final class Registries {
  static final Duration TIMEOUT = Deadline.scaled(Duration.ofSeconds(20));

  private Registries() {}

  static Storage open(String address) throws StorageException {
    return open(address, Map.of());
  }

  static Storage open(String address, Map<String, String> more) throws StorageException {
    Map<String, String> options = new TreeMap<>(more);
    options.put("zk", address);
    ZooKeeperStorageProvider provider = new ZooKeeperStorageProvider();
    return provider.open(
        StorageSettings.read(provider, RegistryName.DEFAULT, Path.of("."), options), TIMEOUT);
  }

  static StorageSession lead(Storage storage) throws StorageException {
    StorageSession session = storage.acquire("test", Floor.NONE, TIMEOUT);
    session.snapshot().close();
    return session;
  }

  static RecordKey key(String id) {
    return new RecordKey("agent", id);
  }

  static Batch put(String id, String value) {
    return Batch.of(Header.of(value.getBytes(StandardCharsets.UTF_8)))
        .put(key(id), value.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  static long commit(StorageSession session, String id, String value) throws StorageException {
    return session.commit(put(id, value), TIMEOUT);
  }

  /** All records of a snapshot as text, by id. */
  static Map<String, String> drain(Snapshot snapshot) throws StorageException {
    Map<String, String> records = new TreeMap<>();
    for (Optional<StoredRecord> next = snapshot.next(); next.isPresent(); next = snapshot.next()) {
      records.put(next.get().key().id(), new String(next.get().value(), StandardCharsets.UTF_8));
    }
    return records;
  }

  static Map<String, String> read(Storage storage) throws StorageException {
    return drain(storage.read(TIMEOUT));
  }
}
