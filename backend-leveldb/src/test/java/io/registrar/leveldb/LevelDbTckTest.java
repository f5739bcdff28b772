package io.registrar.leveldb;

import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Files;
import java.nio.file.Path;

/** LevelDB keeps the storage contract. */
class LevelDbTckTest extends StorageTck {
  private static final String ROOT = "registry.leveldb";

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(LevelDbStorageProvider.class, directory);
  }

  @Override
  protected Faults faults() {
    return Faults.none()
        .withFiles(target -> target.workDirectory().resolve(ROOT))
        .withFullDisk(96 << 20)
        .withForeignFormat(
            target -> {
              Path root = Files.createDirectory(target.workDirectory().resolve(ROOT));
              Files.writeString(root.resolve("CURRENT"), "MANIFEST-000002\n");
            });
  }
}
