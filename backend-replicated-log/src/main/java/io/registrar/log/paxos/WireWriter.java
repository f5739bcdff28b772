package io.registrar.log.paxos;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes the binary form: big-endian numbers, counts before collections, lengths before bytes. */
final class WireWriter {
  private byte[] buffer = new byte[512];
  private int size;

  WireWriter u8(int value) {
    room(1);
    buffer[size++] = (byte) value;
    return this;
  }

  WireWriter i32(int value) {
    room(4);
    buffer[size] = (byte) (value >>> 24);
    buffer[size + 1] = (byte) (value >>> 16);
    buffer[size + 2] = (byte) (value >>> 8);
    buffer[size + 3] = (byte) value;
    size += 4;
    return this;
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
