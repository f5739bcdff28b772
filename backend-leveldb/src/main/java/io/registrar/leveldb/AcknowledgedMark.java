package io.registrar.leveldb;

import io.registrar.spi.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code ACKNOWLEDGED}: the sequence number up to which writes have been acknowledged. It
 * is what tells a torn tail of the log, which nobody was told about, from damage.
 *
 * <p>It is moved before a write is acknowledged, and synced on opening and closing alone: the
 * operating system keeps it when the process dies, and brings it to the disk by itself within its
 * write-back time (about 30 seconds on Linux). After a power loss it may thus be behind, never
 * ahead.
 *
 * <p>Eight bytes, big-endian: the number in 48 bits, and 16 bits of its CRC-32C. One aligned store
 * moves it, so neither a killed process nor a lost sector leaves half of it. Not thread-safe: the
 * one writer uses it.
 */
final class AcknowledgedMark implements AutoCloseable {
  static final String FILE = "ACKNOWLEDGED";
  private static final int SUM_BITS = 16;
  private static final long SUM_MASK = (1L << SUM_BITS) - 1;

  // Mapped: a write(2) would change the file's time, and so put the file into every commit of the
  // file system's journal that LevelDB waits for.
  private @Nullable MappedByteBuffer file;

  private AcknowledgedMark(MappedByteBuffer file) {
    this.file = file;
  }

  /**
   * Reads the mark of a store.
   *
   * @return empty if the store has none: its creation was never finished
   * @throws DamagedException if the file is not as it was written
   */
  static OptionalLong read(Path directory) throws IOException, DamagedException {
    Path path = directory.resolve(FILE);
    if (!Files.exists(path)) {
      return OptionalLong.empty();
    }
    byte[] found = Files.readAllBytes(path);
    if (found.length == Long.BYTES) {
      long mark = ByteBuffer.wrap(found).getLong();
      long sequence = mark >>> SUM_BITS;
      if (mark == seal(sequence)) {
        return OptionalLong.of(sequence);
      }
    }
    throw new DamagedException(
        path
            + " is damaged: it is not eight bytes of a number and its sum; restore the store from a"
            + " backup, or move this file aside to accept what the other files hold");
  }

  /** Opens or creates the mark, and syncs it with this number. */
  static AcknowledgedMark create(Path directory, long sequence) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      // Written once before it is mapped, so that its one block is there even if the disk is full.
      channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, seal(sequence)), 0);
      channel.force(true);
      return new AcknowledgedMark(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /**
   * Moves the mark.
   *
   * @throws InternalError if the file's page is gone, for example cut off by another program
   */
  void moveTo(long sequence) {
    MappedByteBuffer open = file;
    if (open == null) {
      throw new IllegalStateException("the mark was closed");
    }
    open.putLong(0, seal(sequence));
  }

  /** Syncs it. Idempotent. */
  @Override
  public void close() {
    MappedByteBuffer open = file;
    if (open != null) {
      file = null;
      open.force();
      Unmapping.unmap(open);
    }
  }

  private static long seal(long sequence) {
    CRC32C sum = new CRC32C();
    for (int shift = 0; shift < Long.SIZE - SUM_BITS; shift += Byte.SIZE) {
      sum.update((int) (sequence >>> shift));
    }
    return sequence << SUM_BITS | sum.getValue() & SUM_MASK;
  }
}
