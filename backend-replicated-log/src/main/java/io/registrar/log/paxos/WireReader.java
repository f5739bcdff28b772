package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link WireWriter} wrote.
 *
 * <ol>
 *   <li>Nothing is allocated before its length has been checked against what is left of the input
 *       and against its bound.
 *   <li>Whatever the input, the only failure is {@link MalformedException}.
 * </ol>
 */
final class WireReader {
  private final byte[] input;
  private int at;

  WireReader(Bytes input) {
    this.input = input.shared();
  }

  /** Reads one element. */
  @FunctionalInterface
  interface Element<T> {
    T read(WireReader in) throws MalformedException;
  }

  int u8() throws MalformedException {
    need(1);
    return input[at++] & 0xff;
  }

  int i32() throws MalformedException {
    need(4);
    int value =
        input[at] << 24
            | (input[at + 1] & 0xff) << 16
            | (input[at + 2] & 0xff) << 8
            | input[at + 3] & 0xff;
    at += 4;
    return value;
  }

  long i64() throws MalformedException {
    long high = i32();
    return high << 32 | i32() & 0xffff_ffffL;
  }

  /** A number that must not be negative: a position, a round, an epoch, a version. */
  long natural() throws MalformedException {
    long value = i64();
    if (value < 0) {
      throw new MalformedException("a number below zero at byte " + (at - 8));
    }
    return value;
  }

  /** A number that is counted up from, and is never near the end of its range: not from us. */
  long counter() throws MalformedException {
    long value = natural();
    if (value > Long.MAX_VALUE / 2) {
      throw new MalformedException("a counter of " + value);
    }
    return value;
  }

  Bytes bytes(int limit) throws MalformedException {
    int length = count(limit, 1);
    byte[] value = new byte[length];
    System.arraycopy(input, at, value, 0, length);
    at += length;
    return Bytes.owning(value);
  }

  <T> Optional<T> optional(Element<T> element) throws MalformedException {
    return switch (u8()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(element.read(this));
      default -> throw new MalformedException("neither absent nor present at byte " + (at - 1));
    };
  }

  <T> List<T> many(int limit, Element<T> element) throws MalformedException {
    int count = count(limit, 1);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(element.read(this));
    }
    return values;
  }

  <E extends Enum<E>> E choice(E[] values) throws MalformedException {
    int ordinal = u8();
    if (ordinal >= values.length) {
      throw new MalformedException("choice " + ordinal + " of " + values.length);
    }
    return values[ordinal];
  }

  boolean exhausted() {
    return at == input.length;
  }

  /** Everything must have been read: trailing bytes are no part of any form of ours. */
  void end() throws MalformedException {
    if (!exhausted()) {
      throw new MalformedException((input.length - at) + " bytes after the end");
    }
  }

  private int count(int limit, int elementBytes) throws MalformedException {
    int count = i32();
    if (count < 0 || count > limit || (long) count * elementBytes > input.length - at) {
      throw new MalformedException("a length of " + count + ", limit " + limit);
    }
    return count;
  }

  private void need(int bytes) throws MalformedException {
    if (input.length - at < bytes) {
      throw new MalformedException("cut short at byte " + at);
    }
  }
}
