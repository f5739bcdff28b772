package io.registrar.log.disk;

import io.registrar.log.paxos.Position;
import java.util.Arrays;
import java.util.Optional;

/**
 * A location for each position of a run without gaps; a position beyond the run's end begins a new
 * run, since a log never has a gap. Segment numbers below 2^31 and offsets below 2^32.
 */
final class Locations {
  private static final long OFFSET = 0xffff_ffffL;

  private long base;
  private long[] packed = new long[64];
  private int size;

  void put(long position, long segment, long offset) {
    if (size == 0 || position < base || position > base + size) {
      base = position;
      size = 0;
    }
    int at = (int) (position - base);
    if (at == packed.length) {
      packed = Arrays.copyOf(packed, packed.length * 2);
    }
    packed[at] = segment << 32 | offset;
    size = Math.max(size, at + 1);
  }

  void dropBelow(long position) {
    int dropped = (int) Math.max(0, Math.min(size, position - base));
    if (dropped > 0) {
      packed = Arrays.copyOfRange(packed, dropped, Math.max(size, dropped + 64));
      base += dropped;
      size -= dropped;
    }
  }

  Optional<EntryIndex.Location> find(long position) {
    if (position < base || position >= base + size) {
      return Optional.empty();
    }
    long found = packed[(int) (position - base)];
    return Optional.of(new EntryIndex.Location(found >>> 32, found & OFFSET));
  }

  Position begin() {
    return size == 0 ? Position.ZERO : new Position(base);
  }

  Position end() {
    return size == 0 ? Position.ZERO : new Position(base + size - 1);
  }

  /** The lowest segment of any location; {@link Long#MAX_VALUE} if there is none. */
  long firstSegment() {
    return Arrays.stream(packed, 0, size).map(found -> found >>> 32).min().orElse(Long.MAX_VALUE);
  }
}
