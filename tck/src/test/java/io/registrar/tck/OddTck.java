package io.registrar.tck;

import io.registrar.spi.StorageProvider;
import java.nio.file.Path;

/** The kit on an {@link OddStorages odd but correct} storage, which it must accept. */
abstract class OddTck extends PlainTckTest {
  private final Class<? extends StorageProvider> provider;

  OddTck(Class<? extends StorageProvider> provider) {
    this.provider = provider;
  }

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(provider, directory);
  }
}
