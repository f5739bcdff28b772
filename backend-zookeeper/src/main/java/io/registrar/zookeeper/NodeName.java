package io.registrar.zookeeper;

import io.registrar.spi.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The name of a record's node, such as {@code agent:a1~4k}: what a person can read of the key, and
 * the size class of the node. A key whose escaped form is too long keeps its beginning, and a hash
 * stands for the rest; the node's data holds the true key in any case.
 *
 * @param base what stands for the key; the same for all size classes
 * @param capacity how much the node may hold
 */
record NodeName(String base, SizeClass capacity) {
  /** The longest name, size class included, in characters, which are ASCII. */
  static final int MAX_LENGTH = 52;

  private static final int MAX_BASE = MAX_LENGTH - 5;
  private static final int HASH_CHARS = 27;

  static NodeName of(RecordKey key, SizeClass capacity) {
    return new NodeName(baseOf(key), capacity);
  }

  /** Reads a name; empty if no record's node is named so. */
  static Optional<NodeName> parse(String text) {
    int at = text.lastIndexOf('~');
    if (at <= 0 || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return SizeClass.named(text.substring(at + 1))
        .map(capacity -> new NodeName(text.substring(0, at), capacity));
  }

  /** What stands for a key; no two keys share it, short of a collision of SHA-256. */
  static String baseOf(RecordKey key) {
    String escaped = key.kind() + ":" + escape(key.id());
    if (escaped.length() <= MAX_BASE) {
      return escaped;
    }
    return escaped.substring(0, MAX_BASE - HASH_CHARS - 1)
        + "#"
        + TextHash.of(key.kind() + ":" + key.id(), HASH_CHARS);
  }

  /** Which bucket the node lies in, two hexadecimal digits: the same for all size classes. */
  String bucket() {
    CRC32C crc = new CRC32C();
    crc.update(base.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().toHexDigits((byte) crc.getValue());
  }

  @Override
  public String toString() {
    return base + "~" + capacity;
  }

  private static String escape(String id) {
    if (isPlain(id)) {
      return id;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (!isPlain(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "._-@=+,:".indexOf(c) >= 0;
  }
}
