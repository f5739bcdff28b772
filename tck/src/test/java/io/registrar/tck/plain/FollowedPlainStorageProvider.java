package io.registrar.tck.plain;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;

/** Opens a {@link FollowedPlainStorage}. */
public class FollowedPlainStorageProvider extends PlainStorageProvider {
  @Override
  public String name() {
    return "plain_followed";
  }

  @Override
  protected Storage storage(PlainStore file) throws StorageException {
    return new FollowedPlainStorage(file);
  }
}
