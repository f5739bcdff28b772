package io.registrar.record;

import org.jspecify.annotations.Nullable;

/**
 * Turns a record's value into the bytes that are stored, and back. Thread-safe; a pure function.
 *
 * @param <V> an immutable value with {@code equals} by content: two values that are equal are "no
 *     change"
 */
public interface Codec<V> {
  /**
   * Reads stored bytes. Must accept what any earlier, and as far as it can any later, program
   * wrote.
   *
   * @throws IllegalArgumentException if the bytes are no such value; the message says why
   */
  V decode(byte[] bytes);

  /**
   * Writes a value.
   *
   * @param value what to store
   * @param previous the bytes that it replaces, so that what a later program put there and this one
   *     does not know can be kept; null if there were none, or if they came from here with null
   * @throws IllegalArgumentException if the value cannot be stored; the message says why
   */
  byte[] encode(V value, byte @Nullable [] previous);
}
