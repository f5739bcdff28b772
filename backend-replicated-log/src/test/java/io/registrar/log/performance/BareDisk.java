package io.registrar.log.performance;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What the disk does at best: synced writes over blocks that were written before. */
final class BareDisk implements AutoCloseable {
  /** About what an entry with one agent takes: the record, the registry's header, the frame. */
  private static final int ENTRY_BYTES = 1_024;

  private static final int ENTRIES = 16_384;

  private final FileChannel file;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(ENTRY_BYTES);
  private int next;

  BareDisk(Path path) throws IOException {
    file = FileChannel.open(path, CREATE_NEW, WRITE);
    for (int i = 0; i < ENTRIES; i++) {
      file.write(bytes.clear(), (long) i * ENTRY_BYTES);
    }
    file.force(true);
  }

  /** Writes as many bytes as an entry has, and syncs them. */
  void write() throws IOException {
    file.write(bytes.clear(), (long) (next++ % ENTRIES) * ENTRY_BYTES);
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
