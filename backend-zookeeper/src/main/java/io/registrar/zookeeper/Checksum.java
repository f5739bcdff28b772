package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The CRC-32C that the data of every node begins with: eight hexadecimal digits and a space. */
final class Checksum {
  /** How many bytes it takes at the beginning. */
  static final int LENGTH = 9;

  private Checksum() {}

  /** A checksum, a text and some bytes, one after the other. */
  static byte[] sealed(String text, byte[] tail) {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer data = ByteBuffer.allocate(LENGTH + line.length + tail.length);
    return seal(data.position(LENGTH).put(line).put(tail).array());
  }

  /** Fills in the checksum of what follows it. */
  static byte[] seal(byte[] data) {
    String text = textOf(data);
    for (int i = 0; i < LENGTH; i++) {
      data[i] = (byte) text.charAt(i);
    }
    return data;
  }

  /** What stands between the checksum and an index. */
  static String text(byte[] data, int end, Charset charset) {
    return new String(data, LENGTH, end - LENGTH, charset);
  }

  /**
   * Returns if the data begins with the checksum of what follows.
   *
   * @throws DamagedException if it does not, naming the node
   */
  static void require(String path, byte[] data) throws DamagedException {
    boolean holds = data.length >= LENGTH;
    String text = holds ? textOf(data) : "";
    for (int i = 0; holds && i < LENGTH; i++) {
      holds = data[i] == text.charAt(i);
    }
    if (!holds) {
      throw new DamagedException(
          "the bytes of the ZooKeeper node " + path + " do not match their checksum");
    }
  }

  private static String textOf(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, LENGTH, data.length - LENGTH);
    return HexFormat.of().toHexDigits(crc.getValue(), LENGTH - 1) + " ";
  }
}
