package io.registrar.spi;

import java.util.Arrays;
import java.util.Objects;

/**
 * The name of one record: a kind (such as {@code agent}) and an id within the kind (rule 1.1).
 *
 * <p>The kind is 1 to 32 characters of {@code [a-z][a-z0-9_-]*}. The id is 1 to 512 bytes of UTF-8:
 * any well-formed Unicode but U+0000. Keys are the same only if their bytes are: there is no case
 * folding, no normalisation, and no path or pattern meaning, so {@code ..}, {@code a/b} and {@code
 * %} are ordinary ids. The natural order is by kind, then by the id's UTF-8 bytes, unsigned.
 *
 * @param kind what sort of record it names
 * @param id which record of that kind
 */
public record RecordKey(String kind, String id) implements Comparable<RecordKey> {
  /** The longest kind, in characters. */
  public static final int MAX_KIND_LENGTH = 32;

  /** The longest id, in bytes of UTF-8. */
  public static final int MAX_ID_BYTES = 512;

  /**
   * @throws IllegalArgumentException if the kind or the id is malformed; the message says how
   */
  public RecordKey {
    requireKind(kind);
    requireId(id);
  }

  /** How many bytes the id takes in UTF-8, 1 to {@value #MAX_ID_BYTES}. */
  public int idBytes() {
    return utf8Length(id);
  }

  @Override
  public int compareTo(RecordKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : compareIds(id, other.id);
  }

  /**
   * Compares two ids as their UTF-8 bytes compare, unsigned: by code point, which {@link
   * String#compareTo} is not where surrogates meet the characters above them.
   */
  public static int compareIds(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    int at = 0;
    while (at < shared && left.charAt(at) == right.charAt(at)) {
      at++;
    }
    if (at == shared) {
      return Integer.compare(left.length(), right.length());
    }
    char a = left.charAt(at);
    char b = right.charAt(at);
    if (Character.isSurrogate(a) != Character.isSurrogate(b)) {
      return Character.isSurrogate(a) ? 1 : -1;
    }
    return Character.compare(a, b);
  }

  /**
   * Answers the kind if it is well formed.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static String requireKind(String kind) {
    Objects.requireNonNull(kind, "kind");
    boolean wellFormed = !kind.isEmpty() && kind.length() <= MAX_KIND_LENGTH;
    for (int i = 0; wellFormed && i < kind.length(); i++) {
      char c = kind.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      wellFormed = letter || (i > 0 && (c >= '0' && c <= '9' || c == '_' || c == '-'));
    }
    if (!wellFormed) {
      throw new IllegalArgumentException(
          "a kind is 1 to "
              + MAX_KIND_LENGTH
              + " characters of a-z, 0-9, _ and -, beginning with a letter; got '"
              + kind
              + "'");
    }
    return kind;
  }

  /**
   * Answers the id if it is well formed.
   *
   * @throws IllegalArgumentException if it is not; the message says why
   */
  public static String requireId(String id) {
    Objects.requireNonNull(id, "id");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an id is 1 to " + MAX_ID_BYTES + " bytes; got 0 bytes");
    }
    int bytes = utf8Length(id);
    if (bytes > MAX_ID_BYTES) {
      throw new IllegalArgumentException(
          "an id is 1 to " + MAX_ID_BYTES + " bytes of UTF-8; got " + bytes + " bytes");
    }
    if (id.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an id may hold any character but U+0000; got one");
    }
    return id;
  }

  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new IllegalArgumentException(
            "an id is well-formed Unicode; got a lone surrogate at index " + i);
      }
    }
    return bytes;
  }

  /** Kind and id, fit for a message: control characters in the id are escaped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind).append('/');
    int[] codePoints = id.codePoints().toArray();
    Arrays.stream(codePoints)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
