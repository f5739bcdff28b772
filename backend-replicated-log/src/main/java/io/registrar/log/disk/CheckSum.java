package io.registrar.log.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C over bytes and the place where they belong. The salt of the segment goes first, so that
 * bytes of an earlier file, or bytes that a client made to look like a record, do not pass.
 */
final class CheckSum {
  private CheckSum() {}

  static int of(long salt, long place, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(salt).putLong(place).flip());
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
