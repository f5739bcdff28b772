package io.registrar.tck;

import io.registrar.memory.InMemoryStorageProvider;
import java.nio.file.Path;

/** The in-memory storage keeps the contract, but for what outlives a process. */
class InMemoryTckTest extends StorageTck {
  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(InMemoryStorageProvider.class, directory);
  }
}
