package io.registrar.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file that knows which of its bytes are synced. */
final class MemoryFile {
  private static final int BLOCK = 512;

  private record Written(int at, byte[] bytes) {
    int end() {
      return at + bytes.length;
    }
  }

  private final List<Written> waiting = new ArrayList<>();
  private byte[] synced = new byte[0];
  private byte[] content = new byte[0];

  static MemoryFile of(byte[] content) {
    MemoryFile file = new MemoryFile();
    file.content = content.clone();
    file.synced = content.clone();
    return file;
  }

  byte[] content() {
    return content.clone();
  }

  private int read(ByteBuffer into, long at) {
    int count = (int) Math.max(0, Math.min(into.remaining(), content.length - at));
    if (count > 0) {
      into.put(content, (int) at, count);
    }
    return count;
  }

  private void write(ByteBuffer from, long at) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    Written written = new Written((int) at, bytes);
    waiting.add(written);
    content = with(content, written);
  }

  private static byte[] with(byte[] content, Written written) {
    byte[] grown = written.end() > content.length ? Arrays.copyOf(content, written.end()) : content;
    System.arraycopy(written.bytes(), 0, grown, written.at(), written.bytes().length);
    return grown;
  }

  private void sync() {
    for (Written written : waiting) {
      synced = with(synced, written);
    }
    waiting.clear();
  }

  /**
   * What is left after a power loss: of each block, some of the writes that wait, the first ones.
   */
  MemoryFile afterPowerLoss(Survival survival, Random random) {
    byte[] left = synced.clone();
    int whole = survival == Survival.SOME_WRITES ? random.nextInt(waiting.size() + 1) : 0;
    for (int block = 0; block * BLOCK < content.length; block++) {
      int from = block * BLOCK;
      int writes =
          switch (survival) {
            case NOTHING -> 0;
            case EVERYTHING -> waiting.size();
            case SOME_WRITES -> whole;
            case SOME_BLOCKS -> random.nextInt(waiting.size() + 1);
          };
      for (Written written : waiting.subList(0, writes)) {
        int begin = Math.max(from, written.at());
        int end = Math.min(from + BLOCK, written.end());
        if (begin < end) {
          byte[] part =
              Arrays.copyOfRange(written.bytes(), begin - written.at(), end - written.at());
          left = with(left, new Written(begin, part));
        }
      }
    }
    boolean sizeIsLost = survival == Survival.SOME_BLOCKS && random.nextInt(3) == 0;
    return of(sizeIsLost ? Arrays.copyOf(left, synced.length) : left);
  }

  /** How much of what waits for a sync is there after a power loss. */
  enum Survival {
    NOTHING,
    EVERYTHING,
    SOME_WRITES,
    SOME_BLOCKS
  }

  /** Opens the file on a disk that may fail. */
  SegmentFile open(MemoryDisk disk) {
    return new SegmentFile() {
      @Override
      public int read(ByteBuffer into, long at) {
        return MemoryFile.this.read(into, at);
      }

      @Override
      public void write(ByteBuffer from, long at) throws IOException {
        disk.step("write");
        MemoryFile.this.write(from, at);
      }

      @Override
      public void sync() throws IOException {
        try {
          disk.step("sync");
        } catch (IOException e) {
          // As Linux does: what could not be written is there to be read, and no longer waits.
          waiting.clear();
          synced = Arrays.copyOf(synced, content.length);
          content = content.clone();
          throw e;
        }
        MemoryFile.this.sync();
      }

      @Override
      public long size() {
        return content.length;
      }

      @Override
      public void close() {
        disk.closed();
      }
    };
  }
}
