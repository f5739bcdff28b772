package io.registrar.log.paxos;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes the binary form: big-endian numbers, counts before collections, lengths before bytes. */
final class WireWriter {
  private byte[] buffer = new byte[128];
  private int size;

  WireWriter u8(int value) {
    room(1);
    buffer[size++] = (byte) value;
    return this;
  }

  WireWriter i32(int value) {
    return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
  }

  WireWriter i64(long value) {
    return i32((int) (value >>> 32)).i32((int) value);
  }

  WireWriter bytes(Bytes value) {
    i32(value.size());
    room(value.size());
    System.arraycopy(value.shared(), 0, buffer, size, value.size());
    size += value.size();
    return this;
  }

  <T> WireWriter optional(Optional<T> value, BiConsumer<T, WireWriter> element) {
    u8(value.isPresent() ? 1 : 0);
    value.ifPresent(present -> element.accept(present, this));
    return this;
  }

  <T> WireWriter many(Collection<T> values, BiConsumer<T, WireWriter> element) {
    i32(values.size());
    values.forEach(value -> element.accept(value, this));
    return this;
  }

  Bytes finish() {
    return Bytes.owning(Arrays.copyOf(buffer, size));
  }

  private void room(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
    }
  }
}
