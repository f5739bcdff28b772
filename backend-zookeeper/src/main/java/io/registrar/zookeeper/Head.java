package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the head node says: a line such as {@code 1c9f2b00 version=42 epoch=7} and then the
 * registrar's header as it is. Every commit writes it on the condition that nobody has written it
 * since the session's own latest commit.
 *
 * @param version of the latest commit
 * @param epoch of the session that committed it
 * @param header of the latest commit
 */
record Head(long version, long epoch, Header header) {
  /** The longest first line, in bytes. */
  static final int MAX_LINE_BYTES = 64;

  static final Head OF_NEW_REGISTRY = new Head(0, 0, Header.EMPTY);

  private static final Pattern LINE = Pattern.compile("version=(\\d{1,19}) epoch=(\\d{1,19})");

  byte[] encode() {
    return Checksum.sealed("version=" + version + " epoch=" + epoch + "\n", header.bytes());
  }

  /**
   * Reads the head node's data.
   *
   * @throws DamagedException if it is not what was written
   */
  static Head decode(String path, byte[] data) throws DamagedException {
    Checksum.require(path, data);
    int end = Checksum.LENGTH;
    while (end < data.length && data[end] != '\n') {
      end++;
    }
    Matcher line = LINE.matcher(Checksum.text(data, end, StandardCharsets.US_ASCII));
    if (end == data.length || !line.matches()) {
      throw new DamagedException("the ZooKeeper node " + path + " holds no head");
    }
    try {
      return new Head(
          Long.parseLong(line.group(1)),
          Long.parseLong(line.group(2)),
          Header.of(Arrays.copyOfRange(data, end + 1, data.length)));
    } catch (IllegalArgumentException e) {
      throw new DamagedException("the ZooKeeper node " + path + " holds no head", e);
    }
  }
}
