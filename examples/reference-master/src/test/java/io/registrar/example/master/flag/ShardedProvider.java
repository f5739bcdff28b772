package io.registrar.example.master.flag;

import io.registrar.memory.InMemoryStorageProvider;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.time.Duration;
import java.util.List;

/** A third party's storage, as far as flags go. */
record ShardedProvider(StorageOption<Integer> option) implements StorageProvider {
  @Override
  public String name() {
    return "sharded";
  }

  @Override
  public String description() {
    return "in many places";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(option);
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    return new InMemoryStorageProvider().open(settings, timeout);
  }
}
