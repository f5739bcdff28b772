package io.registrar.log.paxos;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable run of bytes with value equality, for payloads, owners and frames. Arrays are copied
 * on the way in and out, so that nobody changes what has been promised or accepted.
 */
public final class Bytes {
  /** No bytes at all, which is not the same as no value. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the given array. */
  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /** Takes the array as it is; only for arrays that nobody else holds. */
  static Bytes owning(byte[] content) {
    return new Bytes(content);
  }

  /** The number of bytes. */
  public int size() {
    return content.length;
  }

  /** The byte at an index from 0. */
  public byte at(int index) {
    return content[index];
  }

  /** A copy, which is the caller's own. */
  public byte[] toArray() {
    return content.clone();
  }

  /**
   * Copies the content into an array.
   *
   * @throws IndexOutOfBoundsException there is no room for it from there on
   */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(content, 0, target, at, content.length);
  }

  /** The content itself, for codecs, which only read it. */
  byte[] shared() {
    return content;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** At most the first sixteen bytes, in hexadecimal, and the size. */
  @Override
  public String toString() {
    int shown = Math.min(16, content.length);
    String hex = HexFormat.of().formatHex(content, 0, shown);
    return shown == content.length ? hex : hex + "...(" + content.length + " bytes)";
  }
}
