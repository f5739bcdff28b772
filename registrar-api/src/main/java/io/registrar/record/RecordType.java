package io.registrar.record;

import io.registrar.spi.RecordKey;
import java.util.function.Function;

/**
 * A kind of record: its name in the storage, how its values become bytes, and which id a value has.
 * An embedding master declares its own as constants, beside the built-in ones, and names them in
 * {@code RegistrarOptions}.
 *
 * @param <V> the immutable value, with {@code equals} by content; best a Java {@code record}
 */
public final class RecordType<V> {
  private final String kind;
  private final Codec<V> codec;
  private final Function<V, String> id;

  private RecordType(String kind, Codec<V> codec, Function<V, String> id) {
    this.kind = RecordKey.requireKind(kind);
    this.codec = codec;
    this.id = id;
  }

  /**
   * A type with a codec of its own.
   *
   * @param kind {@code [a-z][a-z0-9_-]{0,31}}, the same for ever
   * @param codec how values become bytes
   * @param id the id of a value, 1 to 512 bytes of UTF-8
   * @throws IllegalArgumentException if the kind is malformed
   */
  public static <V> RecordType<V> of(String kind, Codec<V> codec, Function<V, String> id) {
    return new RecordType<>(kind, codec, id);
  }

  /** A type stored as JSON; see {@link JsonCodec}. */
  public static <V> RecordType<V> json(String kind, Class<V> type, Function<V, String> id) {
    return of(kind, JsonCodec.of(type), id);
  }

  /** The kind in every {@link RecordKey} of this type. */
  public String kind() {
    return kind;
  }

  /** How values become bytes. */
  public Codec<V> codec() {
    return codec;
  }

  /**
   * The key of this value.
   *
   * @throws IllegalArgumentException if its id is malformed
   */
  public RecordKey keyOf(V value) {
    return new RecordKey(kind, id.apply(value));
  }

  /**
   * The key of the record with this id.
   *
   * @throws IllegalArgumentException if the id is malformed
   */
  public RecordKey key(String id) {
    return new RecordKey(kind, id);
  }

  @Override
  public String toString() {
    return kind;
  }
}
