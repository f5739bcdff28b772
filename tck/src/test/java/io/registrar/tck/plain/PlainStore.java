package io.registrar.tck.plain;

import io.registrar.spi.StorageException;
import java.io.IOException;

/** Where a {@link PlainStorage} is kept between two processes. */
public interface PlainStore extends AutoCloseable {
  /** What was written last. */
  PlainContents read() throws StorageException;

  /** Durable on return; without effect if it throws. */
  void write(PlainContents contents) throws IOException;

  @Override
  void close();
}
