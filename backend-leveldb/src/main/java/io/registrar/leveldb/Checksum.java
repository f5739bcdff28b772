package io.registrar.leveldb;

import java.util.zip.CRC32C;

/** CRC-32C, plain for our own records, and masked as LevelDB stores it in its files. */
final class Checksum {
  static final int BYTES = 4;
  private static final int MASK_DELTA = 0xa282ead8;

  private Checksum() {}

  /** Of a key and the value stored under it. */
  static int of(byte[] key, byte[] value, int valueLength) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(value, 0, valueLength);
    return (int) crc.getValue();
  }

  /** Of a range, masked: LevelDB does not store the plain sum of bytes that hold sums. */
  static int masked(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return mask((int) crc.getValue());
  }

  private static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + MASK_DELTA;
  }
}
