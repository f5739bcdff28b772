package io.registrar.log.paxos;

/** A place in the log. The first entry is at 1; 0 is where the founding record stands. */
public record Position(long value) implements Comparable<Position> {
  /** Before the first entry. */
  public static final Position ZERO = new Position(0);

  /** Refuses a position below zero. */
  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("no position is below zero: " + value);
    }
  }

  /** The place after this one. */
  public Position next() {
    return new Position(Math.addExact(value, 1));
  }

  /** The place before this one, which must not be {@link #ZERO}. */
  public Position previous() {
    return new Position(value - 1);
  }

  /** Whether this comes after the other. */
  public boolean isAfter(Position other) {
    return value > other.value;
  }

  static Position max(Position a, Position b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "#" + value;
  }

  void write(WireWriter out) {
    out.i64(value);
  }

  static Position read(WireReader in) throws MalformedException {
    return new Position(in.counter());
  }
}
