package io.registrar.example.mvstore;

import io.registrar.tck.Faults;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.nio.file.Files;
import java.nio.file.Path;

class MvStoreTckTest extends StorageTck {
  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(MvStoreProvider.class, directory);
  }

  @Override
  protected Faults faults() {
    return Faults.none()
        .withFiles(target -> target.workDirectory().resolve(MvStoreProvider.DIRECTORY))
        .withFullDisk(16 << 20)
        .withForeignFormat(
            target -> {
              Path directory = target.workDirectory().resolve(MvStoreProvider.DIRECTORY);
              Files.createDirectories(directory);
              Files.writeString(
                  directory.resolve(target.registry().text() + ".mv"),
                  "H:7,format:99".repeat(1_000));
            });
  }
}
