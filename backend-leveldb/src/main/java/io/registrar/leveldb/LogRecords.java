package io.registrar.leveldb;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a file in LevelDB's log format, which its manifests have as well: blocks of 32
 * KiB; in each, fragments of a masked CRC-32C, a length and a type. Whole records are read up to
 * the first byte that is none.
 */
final class LogRecords {
  private static final int BLOCK = 32 * 1024;
  private static final int FRAGMENT_HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  private final byte[] file;
  private final List<byte[]> records = new ArrayList<>();
  private int wholeBytes;
  private int at;

  private LogRecords(byte[] file) {
    this.file = file;
  }

  static LogRecords read(byte[] file) {
    LogRecords records = new LogRecords(file);
    while (records.readOne()) {}
    return records;
  }

  /** The whole records, from the file's begin. */
  List<byte[]> records() {
    return records;
  }

  /** Where the last whole record ends. */
  int wholeBytes() {
    return wholeBytes;
  }

  /**
   * Whether bytes other than zero follow the last whole record. Zeros are written ahead of the
   * records, and left there by a process that was killed.
   */
  boolean hasBrokenTail() {
    for (int i = wholeBytes; i < file.length; i++) {
      if (file[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether it has neither a record nor a part of one. */
  boolean isBlank() {
    return records.isEmpty() && !hasBrokenTail();
  }

  private boolean readOne() {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    for (boolean first = true; ; first = false) {
      int left = BLOCK - at % BLOCK;
      if (left < FRAGMENT_HEADER) {
        at += left;
      }
      if (at > file.length - FRAGMENT_HEADER) {
        return false;
      }
      int length = (file[at + 4] & 0xff) | (file[at + 5] & 0xff) << 8;
      int type = file[at + 6];
      boolean begins = type == FULL || type == FIRST;
      boolean fits =
          FRAGMENT_HEADER + length <= BLOCK - at % BLOCK
              && length <= file.length - FRAGMENT_HEADER - at;
      if (type < FULL
          || type > LAST
          || begins != first
          || !fits
          || Checksum.masked(file, at + 6, 1 + length) != ByteCursor.fixed32(file, at)) {
        return false;
      }
      record.write(file, at + FRAGMENT_HEADER, length);
      at += FRAGMENT_HEADER + length;
      if (type == FULL || type == LAST) {
        records.add(record.toByteArray());
        wholeBytes = at;
        return true;
      }
    }
  }
}
