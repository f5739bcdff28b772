package io.registrar.leveldb;

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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Stores to try things on, and how tests write and read them. */
final class TestStores {
  static final Duration SOON = Duration.ofSeconds(10);

  private TestStores() {}

  /** Opens the default registry below a work directory, with the native library. */
  static Storage open(Path work) throws StorageException {
    return open(work, "registry", "auto");
  }

  static Storage open(Path work, String registry, String engine) throws StorageException {
    LevelDbStorageProvider provider = new LevelDbStorageProvider();
    return provider.open(
        StorageSettings.read(
            provider, new RegistryName(registry), work, Map.of("leveldb_engine", engine)),
        SOON);
  }

  /** Where the default registry's files are. */
  static Path files(Path work) {
    return work.resolve("registry.leveldb").resolve("registry.db");
  }

  /** A session that may commit at once. */
  static StorageSession acquire(Storage storage) throws StorageException {
    StorageSession session = storage.acquire("test", Floor.NONE, SOON);
    session.snapshot().close();
    return session;
  }

  static Batch put(String id, String value) {
    return Batch.of(Header.of(id.getBytes(StandardCharsets.UTF_8)))
        .put(new RecordKey("agent", id), value.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** All records by id, read to the end. */
  static Map<String, String> drain(Snapshot snapshot) throws StorageException {
    Map<String, String> all = new TreeMap<>();
    for (Optional<StoredRecord> r = snapshot.next(); r.isPresent(); r = snapshot.next()) {
      all.put(r.get().key().id(), new String(r.get().value(), StandardCharsets.UTF_8));
    }
    return all;
  }

  /** All records of a store, which is opened for it. */
  static Map<String, String> contents(Path work) throws StorageException {
    try (Storage storage = open(work);
        Snapshot snapshot = storage.read(SOON)) {
      return drain(snapshot);
    }
  }

  /**
   * A closed store that has a table, a log and a manifest with records in each.
   *
   * @return what it holds
   */
  static Map<String, String> smallStore(Path work) throws StorageException {
    for (String round : List.of("first", "second")) {
      try (Storage storage = open(work);
          StorageSession session = acquire(storage)) {
        session.commit(put("in-every-round", round), SOON);
        session.commit(put(round, "value of " + round), SOON);
      }
    }
    return Map.of(
        "in-every-round", "second", "first", "value of first", "second", "value of second");
  }

  /** Makes a directory hold exactly what another one holds. */
  static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
