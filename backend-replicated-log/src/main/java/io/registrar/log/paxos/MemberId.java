package io.registrar.log.paxos;

/**
 * The number that an operator gives to a place in the ensemble, 1 to 65535. It stays when the disk
 * behind it is lost; the {@link Incarnation} does not.
 */
public record MemberId(int value) implements Comparable<MemberId> {
  /** Refuses a number out of range. */
  public MemberId {
    if (value < 1 || value > 65_535) {
      throw new IllegalArgumentException("a member's id is 1 to 65535, not " + value);
    }
  }

  @Override
  public int compareTo(MemberId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "m" + value;
  }

  void write(WireWriter out) {
    out.i32(value);
  }

  static MemberId read(WireReader in) throws MalformedException {
    int value = in.i32();
    if (value < 1 || value > 65_535) {
      throw new MalformedException("member id " + value);
    }
    return new MemberId(value);
  }
}
