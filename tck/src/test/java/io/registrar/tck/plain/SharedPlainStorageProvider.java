package io.registrar.tck.plain;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import java.nio.file.Path;

/** Opens a {@link SharedPlainStorage}. */
public class SharedPlainStorageProvider extends PlainStorageProvider {
  @Override
  public String name() {
    return "plain_shared";
  }

  @Override
  protected PlainStore store(Path file) throws StorageException {
    return new SharedPlainFiles(file);
  }

  @Override
  protected Storage storage(PlainStore file) throws StorageException {
    return new SharedPlainStorage(file);
  }
}
