package io.registrar.leveldb;

import io.registrar.leveldb.ByteCursor.MalformedException;

/**
 * Checks a LevelDB table: its blocks follow each other without a gap from the first byte to the
 * footer, and each has its checksum.
 */
final class TableBlocks {
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final long MAGIC = 0xdb4775248b80fb57L;

  private final byte[] file;

  private TableBlocks(byte[] file) {
    this.file = file;
  }

  private record Block(int from, int size) {
    int next() {
      return from + size + TRAILER;
    }
  }

  /**
   * @throws MalformedException if a byte is not as it was written; the message says where
   */
  static void check(byte[] file) throws MalformedException {
    new TableBlocks(file).check();
  }

  private void check() throws MalformedException {
    int footerAt = file.length - FOOTER;
    if (footerAt < 0) {
      throw new MalformedException(file.length + " bytes, which is less than a footer");
    }
    if (new ByteCursor(file, file.length - 8, file.length).fixed64() != MAGIC) {
      throw new MalformedException("no footer at its end");
    }
    ByteCursor footer = new ByteCursor(file, footerAt, file.length - 8);
    Block metaIndex = block(footer);
    Block index = block(footer);
    for (int i = footer.position(); i < file.length - 8; i++) {
      if (file[i] != 0) {
        throw new MalformedException("bytes in the footer that were written as zeros, at " + i);
      }
    }
    requireSum(index);
    int checked = checkData(index);
    requireAt(checked, metaIndex);
    requireSum(metaIndex);
    requireAt(metaIndex.next(), index);
    if (index.next() != footerAt) {
      throw new MalformedException("bytes between the index and the footer");
    }
  }

  /** The blocks that the index names. Answers where they end. */
  private int checkData(Block index) throws MalformedException {
    int restarts = ByteCursor.fixed32(file, index.from + index.size - 4);
    int end = index.from + index.size - 4 - 4 * restarts;
    if (restarts < 0 || end < index.from) {
      throw new MalformedException("an index of " + restarts + " restarts");
    }
    ByteCursor entries = new ByteCursor(file, index.from, end);
    int checked = 0;
    while (entries.hasMore()) {
      entries.varint();
      long keyBytes = entries.varint();
      long valueBytes = entries.varint();
      entries.skip(keyBytes);
      int valueAt = entries.position();
      Block data = block(entries);
      // The port to Java pads it.
      entries.skip(valueAt + valueBytes - entries.position());
      requireAt(checked, data);
      requireSum(data);
      checked = data.next();
    }
    return checked;
  }

  private Block block(ByteCursor in) throws MalformedException {
    long from = in.varint();
    long size = in.varint();
    if (from < 0
        || size < 4
        || from > file.length
        || size > file.length - FOOTER - TRAILER - from) {
      throw new MalformedException("a block of " + size + " bytes at " + from);
    }
    return new Block((int) from, (int) size);
  }

  private void requireAt(int expected, Block block) throws MalformedException {
    if (block.from != expected) {
      throw new MalformedException("a block at " + block.from + " instead of at " + expected);
    }
  }

  private void requireSum(Block block) throws MalformedException {
    int sumAt = block.from + block.size + 1;
    if (Checksum.masked(file, block.from, block.size + 1) != ByteCursor.fixed32(file, sumAt)) {
      throw new MalformedException(
          "a block of " + block.size + " bytes at " + block.from + " that has not its checksum");
    }
  }
}
