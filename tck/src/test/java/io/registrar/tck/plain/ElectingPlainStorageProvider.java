package io.registrar.tck.plain;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import java.nio.file.Path;

/** Opens an {@link ElectingPlainStorage}. */
public class ElectingPlainStorageProvider extends PlainStorageProvider {
  @Override
  public String name() {
    return "plain_electing";
  }

  @Override
  protected PlainStore store(Path file) throws StorageException {
    return new SharedPlainFiles(file);
  }

  @Override
  protected Storage storage(PlainStore store) throws StorageException {
    return electing(store, ((SharedPlainFiles) store).directory());
  }

  protected Storage electing(PlainStore store, Path directory) throws StorageException {
    return new ElectingPlainStorage(store, directory);
  }
}
