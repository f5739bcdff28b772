package io.registrar.log.paxos;

/**
 * Names one ensemble, drawn at random when it is founded. Messages of another one are not heard.
 */
public record EnsembleId(long high, long low) {
  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }

  void write(WireWriter out) {
    out.i64(high).i64(low);
  }

  static EnsembleId read(WireReader in) throws MalformedException {
    return new EnsembleId(in.i64(), in.i64());
  }
}
