package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the fence node says: a line such as {@code 1c9f2b00 epoch=7 session=5d.. owner=m1}. Only
 * takeovers write it, and every commit has the condition that nobody has written it since; so a
 * takeover does not compete with the commits that it ends.
 *
 * @param epoch of the latest takeover
 * @param session drawn at random by the takeover, so that it knows its own write again
 * @param owner who took over, for people to read
 */
record Fence(long epoch, long session, String owner) {
  static final Fence OF_NEW_REGISTRY = new Fence(0, 0, "nobody");

  private static final Pattern LINE =
      Pattern.compile("epoch=(\\d{1,19}) session=([0-9a-f]{16}) owner=([^\\n]*)\\n");

  Fence {
    owner = printable(owner);
  }

  byte[] encode() {
    return Checksum.sealed(
        String.format("epoch=%d session=%016x owner=%s\n", epoch, session, owner), new byte[0]);
  }

  /**
   * Reads the fence node's data.
   *
   * @throws DamagedException if it is not what was written
   */
  static Fence decode(String path, byte[] data) throws DamagedException {
    Checksum.require(path, data);
    Matcher line = LINE.matcher(Checksum.text(data, data.length, StandardCharsets.UTF_8));
    if (!line.matches()) {
      throw new DamagedException("the ZooKeeper node " + path + " holds no fence");
    }
    try {
      return new Fence(
          Long.parseLong(line.group(1)), Long.parseUnsignedLong(line.group(2), 16), line.group(3));
    } catch (NumberFormatException e) {
      throw new DamagedException("the ZooKeeper node " + path + " holds no fence", e);
    }
  }

  private static String printable(String owner) {
    StringBuilder text = new StringBuilder();
    owner
        .codePoints()
        .limit(256)
        .map(c -> Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff) ? '?' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
