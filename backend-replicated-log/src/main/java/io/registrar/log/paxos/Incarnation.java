package io.registrar.log.paxos;

/**
 * Names one disk: drawn at random with each new one, and never drawn twice. What an acceptor has
 * promised and accepted belongs to its incarnation, because a new disk remembers none of it.
 */
public record Incarnation(long value) implements Comparable<Incarnation> {
  @Override
  public int compareTo(Incarnation other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toHexString(value);
  }
}
