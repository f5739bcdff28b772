package io.registrar.log.registry;

import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Files;
import java.nio.file.Path;

/** The replicated log keeps the storage contract, with one member. */
class ReplicatedLogTckTest extends StorageTck {
  private static final String ROOT = "replicated_log";

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(ReplicatedLogStorageProvider.class, directory);
  }

  @Override
  protected Faults faults() {
    return Faults.none()
        .withFiles(target -> target.workDirectory().resolve(ROOT))
        .withFullDisk(96 << 20)
        .withForeignFormat(
            target -> {
              Path directory =
                  Files.createDirectories(
                      target.workDirectory().resolve(ROOT).resolve("registry.log"));
              Files.writeString(directory.resolve("CURRENT"), "MANIFEST-000002\n");
            });
  }
}
