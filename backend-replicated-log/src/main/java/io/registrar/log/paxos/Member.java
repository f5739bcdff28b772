package io.registrar.log.paxos;

/**
 * A member: a place in the ensemble and the incarnation that fills it. A vote counts only under the
 * pair that the membership in force names (Mesos, which knows places alone, can lose a chosen value
 * to the late vote of a lost disk).
 */
public record Member(MemberId id, Incarnation incarnation) implements Comparable<Member> {
  @Override
  public int compareTo(Member other) {
    int byPlace = id.compareTo(other.id);
    return byPlace != 0 ? byPlace : incarnation.compareTo(other.incarnation);
  }

  @Override
  public String toString() {
    return id + "/" + incarnation;
  }

  void write(WireWriter out) {
    id.write(out);
    out.i64(incarnation.value());
  }

  static Member read(WireReader in) throws MalformedException {
    return new Member(MemberId.read(in), new Incarnation(in.i64()));
  }
}
