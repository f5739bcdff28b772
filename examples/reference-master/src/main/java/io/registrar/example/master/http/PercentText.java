package io.registrar.example.master.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text as a URI carries it. Decoded here, once and strictly: a byte that is no UTF-8 is refused
 * where a lenient decoder would put another character, and so make another id of it.
 */
final class PercentText {
  private PercentText() {}

  /** A segment of a path; {@code +} is a plus. */
  static String ofPath(String raw) {
    return decode(raw);
  }

  /** A name or value of a query; {@code +} is a space. */
  static String ofQuery(String raw) {
    return decode(raw.replace('+', ' '));
  }

  private static String decode(String raw) {
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.put(octet(raw, in, i));
        i += 2;
      } else {
        out.put(in[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw RequestException.malformed(
          "'" + raw + "' is not the percent-encoding of text in UTF-8");
    }
  }

  private static byte octet(String raw, byte[] in, int percent) {
    int high = percent + 2 < in.length ? Character.digit(in[percent + 1], 16) : -1;
    int low = percent + 2 < in.length ? Character.digit(in[percent + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw RequestException.malformed(
          "in '" + raw + "' a % is not followed by two hexadecimal digits; write a percent as %25");
    }
    return (byte) (high << 4 | low);
  }
}
