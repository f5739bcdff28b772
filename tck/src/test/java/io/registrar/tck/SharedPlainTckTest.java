package io.registrar.tck;

import io.registrar.tck.plain.SharedPlainStorageProvider;
import java.nio.file.Path;

/** The plain storage that several processes have open keeps the contract between them. */
class SharedPlainTckTest extends StorageTck {
  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(SharedPlainStorageProvider.class, directory);
  }

  @Override
  protected Faults faults() {
    return Faults.none().withFullDisk(32 << 20);
  }
}
