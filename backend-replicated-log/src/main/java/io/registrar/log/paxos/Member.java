package io.registrar.log.paxos;

import java.util.Comparator;

/**
 * A member: a place in the ensemble and the incarnation that fills it. A vote counts only under the
 * pair that the membership in force names (Mesos, which knows places alone, can lose a chosen value
 * to the late vote of a lost disk).
 */
public record Member(MemberId id, Incarnation incarnation) implements Comparable<Member> {
  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::id).thenComparing(Member::incarnation);

  @Override
  public int compareTo(Member other) {
    return ORDER.compare(this, other);
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
