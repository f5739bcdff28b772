package io.registrar.spi;

import java.util.Arrays;

/**
 * The small header that every batch carries and every snapshot returns: at most 4 KiB, opaque to
 * storages, stored in the head and moved together with it (rule 2.1).
 *
 * <p>The registry that has never been written has the {@linkplain #EMPTY empty} header.
 */
public final class Header {
  /** The largest header, in bytes. */
  public static final int MAX_BYTES = 4096;

  /** The header of a registry that has never been written. */
  public static final Header EMPTY = new Header(new byte[0]);

  private final byte[] bytes;

  private Header(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A header of these bytes, copied.
   *
   * @throws IllegalArgumentException if there are more than {@value #MAX_BYTES}
   */
  public static Header of(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a header is at most " + MAX_BYTES + " bytes; got " + bytes.length);
    }
    return bytes.length == 0 ? EMPTY : new Header(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Header that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "header of " + bytes.length + " bytes";
  }
}
