package io.registrar.log.paxos;

/** What has been seen of an incarnation, by this member or by one that told it. */
public record Sighting(Member of, Vitals vitals) {
  void write(WireWriter out) {
    of.write(out);
    vitals.write(out);
  }

  static Sighting read(WireReader in) throws MalformedException {
    return new Sighting(Member.read(in), Vitals.read(in));
  }
}
