package io.registrar.tck.plain;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Opens a {@link PlainStorage}: the control among the broken storages. */
public class PlainStorageProvider implements StorageProvider {
  /** The directory of the registries, below the work directory. */
  public static final String DIRECTORY = "plain";

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String description() {
    return "one file, written whole with every commit: for the kit's own tests";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of();
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    Path file =
        settings.workDirectory().resolve(DIRECTORY).resolve(fileName(settings.registry().text()));
    PlainStore locked = store(file);
    try {
      return storage(locked);
    } catch (StorageException e) {
      locked.close();
      throw e;
    }
  }

  protected PlainStore store(Path file) throws StorageException {
    return PlainFile.lock(file);
  }

  protected Storage storage(PlainStore file) throws StorageException {
    return new PlainStorage(file);
  }

  protected String fileName(String registry) {
    return registry + ".registry";
  }
}
