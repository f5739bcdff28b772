package io.registrar.leveldb;

import io.registrar.spi.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How records lie in LevelDB. A record's key is its kind, a zero byte, and its id; the head's
 * begins with the zero byte, so it comes first and is no record's. Every value ends in the CRC-32C
 * of its key and itself: LevelDB's own sums hold for blocks, and say nothing about a block, whole
 * in itself, that a merge put wrong entries in.
 */
final class Entries {
  static final byte[] HEAD_KEY = "\0head".getBytes(StandardCharsets.US_ASCII);

  private Entries() {}

  static byte[] key(RecordKey key) {
    return (key.kind() + '\0' + key.id()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException if these bytes are no record's key
   */
  static RecordKey recordKey(byte[] key) {
    int kindEnd = 0;
    while (kindEnd < key.length && key[kindEnd] != 0) {
      kindEnd++;
    }
    if (kindEnd == key.length) {
      throw new IllegalArgumentException("a key without a kind");
    }
    try {
      String id =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(key, kindEnd + 1, key.length - kindEnd - 1))
              .toString();
      return new RecordKey(new String(key, 0, kindEnd, StandardCharsets.US_ASCII), id);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a key that is not UTF-8", e);
    }
  }

  /** The value as it is stored: the bytes, and their sum. Copies. */
  static byte[] seal(byte[] key, byte[] value) {
    byte[] sealed = Arrays.copyOf(value, value.length + Checksum.BYTES);
    ByteBuffer.wrap(sealed).putInt(value.length, Checksum.of(key, value, value.length));
    return sealed;
  }

  /**
   * The value without its sum.
   *
   * @throws IllegalArgumentException if the sum is not that of this key and value
   */
  static byte[] unseal(byte[] key, byte[] sealed) {
    int length = sealed.length - Checksum.BYTES;
    if (length < 0 || ByteBuffer.wrap(sealed).getInt(length) != Checksum.of(key, sealed, length)) {
      throw new IllegalArgumentException("a value that has not its checksum");
    }
    return Arrays.copyOf(sealed, length);
  }
}
