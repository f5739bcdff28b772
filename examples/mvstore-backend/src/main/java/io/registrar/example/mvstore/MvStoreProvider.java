package io.registrar.example.mvstore;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Opens registries in H2's MVStore: {@code --registry=mvstore}. */
public final class MvStoreProvider implements StorageProvider {
  /** The directory of the registries, below the work directory. */
  public static final String DIRECTORY = "mvstore";

  @Override
  public String name() {
    return "mvstore";
  }

  @Override
  public String description() {
    return "one file of H2's MVStore in the work directory: one master, one machine";
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
    Path directory = settings.workDirectory().resolve(DIRECTORY);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UnavailableException(directory + " cannot be made", e);
    }
    return new MvStoreStorage(directory.resolve(fileName(settings.registry().text())));
  }

  /** File systems that ignore case must not make one registry of two (rule 6.5). */
  private static String fileName(String registry) {
    return registry.replaceAll("([A-Z])", "=$1") + ".mv";
  }
}
