package io.registrar.tck;

import io.registrar.tck.plain.PlainStorageProvider;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plain storage, whose limits are the least, keeps the contract: the kit asks for no more. */
class PlainTckTest extends StorageTck {
  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(PlainStorageProvider.class, directory);
  }

  @Override
  protected Faults faults() {
    return plainFaults();
  }

  static Faults plainFaults() {
    return Faults.none()
        .withFiles(target -> target.workDirectory().resolve(PlainStorageProvider.DIRECTORY))
        .withFullDisk(8 << 20)
        .withForeignFormat(
            target -> {
              Path plain = target.workDirectory().resolve(PlainStorageProvider.DIRECTORY);
              Files.createDirectories(plain);
              Files.writeString(
                  plain.resolve(target.registry().text() + ".registry"),
                  "\0\20another format, longer than any header of a plain file");
            });
  }
}
