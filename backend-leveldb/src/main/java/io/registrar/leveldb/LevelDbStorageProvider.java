package io.registrar.leveldb;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code --registry=leveldb}: LevelDB on this machine's disk. For one master, or for standbys that
 * are started by hand: one process at a time opens a registry.
 */
public final class LevelDbStorageProvider implements StorageProvider {
  /** Where the registries are kept; each has a directory of its own below it. */
  static final StorageOption<Path> PATH =
      StorageOption.path(
          "leveldb_path", "directory of the registries (default <work_dir>/registry.leveldb)");

  /** Which build of LevelDB runs. */
  static final StorageOption<EngineChoice> ENGINE =
      StorageOption.choice(
              "leveldb_engine",
              "the native library, its port to Java, or whichever the platform allows",
              EngineChoice.class)
          .orElse("auto");

  @Override
  public String name() {
    return "leveldb";
  }

  @Override
  public String description() {
    return "LevelDB on this machine's disk: for a single master; one process at a time";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(PATH, ENGINE);
  }

  /**
   * Checks every byte of the store, then opens it: takes about as long as reading its files.
   *
   * @throws io.registrar.spi.UnavailableException if the directory cannot be written, or the disk
   *     is too full to open the store safely
   */
  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    Path root =
        settings.find(PATH).orElseGet(() -> settings.workDirectory().resolve("registry.leveldb"));
    return LevelDbStorage.open(
        StoreDirectory.prepare(root, settings.registry()), Engines.choose(settings.get(ENGINE)));
  }
}
