package io.registrar.memory;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.time.Duration;
import java.util.List;

/**
 * {@code --registry=in_memory}: forgets all when the process ends; for trying out and for tests.
 */
public final class InMemoryStorageProvider implements StorageProvider {
  @Override
  public String name() {
    return "in_memory";
  }

  @Override
  public String description() {
    return "this process's memory, forgotten at its end: for trying out and for tests";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of();
  }

  /** A new, empty registry; every call gives another. */
  @Override
  public Storage open(StorageSettings settings, Duration timeout) {
    return new InMemoryStorage();
  }
}
