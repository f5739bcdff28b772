package io.registrar.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.registrar.spi.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A 128-bit hash of a set of records that does not depend on their order: the sum, modulo 2^128, of
 * the first 128 bits of each record's SHA-256 (an additive multiset hash; Clarke et al.,
 * "Incremental Multiset Hash Functions", ASIACRYPT 2003). So it is kept up by adding and
 * subtracting what changes.
 *
 * <p>It reveals a record lost, changed or resurrected by accident. It is no seal against someone
 * who recomputes it.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Digest(long high, long low) {
  /** The digest of no records. */
  public static final Digest EMPTY = new Digest(0, 0);

  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);

  /** The digest of one record: of its kind, id and value, each preceded by its length. */
  public static Digest of(RecordKey key, byte[] value) {
    byte[] kind = key.kind().getBytes(StandardCharsets.UTF_8);
    byte[] id = key.id().getBytes(StandardCharsets.UTF_8);
    ByteBuffer prefix = ByteBuffer.allocate(12 + kind.length + id.length);
    prefix.putInt(kind.length).put(kind).putInt(id.length).put(id).putInt(value.length);
    MessageDigest sha = SHA_256.get();
    sha.update(prefix.array());
    ByteBuffer hash = ByteBuffer.wrap(sha.digest(value));
    return new Digest(hash.getLong(), hash.getLong());
  }

  /** The digest of this set and that record or set together. */
  public Digest plus(Digest added) {
    long sum = low + added.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Digest(high + added.high + carry, sum);
  }

  /** The digest of this set without that record or set. */
  public Digest minus(Digest taken) {
    long borrow = Long.compareUnsigned(low, taken.low) < 0 ? 1 : 0;
    return new Digest(high - taken.high - borrow, low - taken.low);
  }

  /** This many times this digest, modulo 2^128; the factor counts as unsigned. */
  public Digest times(long factor) {
    // Math.multiplyHigh is signed: each negative operand has counted the other one too little.
    long carried = Math.multiplyHigh(low, factor) + ((low >> 63) & factor) + ((factor >> 63) & low);
    return new Digest(high * factor + carried, low * factor);
  }

  /** 32 hexadecimal digits. */
  @JsonValue
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(high) + format.toHexDigits(low);
  }

  /**
   * Reads what {@link #hex} wrote.
   *
   * @throws IllegalArgumentException if it is not 32 hexadecimal digits
   */
  @JsonCreator
  public static Digest parse(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException("a digest is 32 hexadecimal digits; got '" + hex + "'");
    }
    return new Digest(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }

  @Override
  public String toString() {
    return hex();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256; this one does not", e);
    }
  }
}
