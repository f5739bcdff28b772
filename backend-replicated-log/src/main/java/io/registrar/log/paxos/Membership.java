package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who votes, and since when.
 *
 * <ol>
 *   <li>The membership chosen at a position governs every position after it, up to and including
 *       the position of the next one (Lamport, Reconfiguring a State Machine, with a window of one:
 *       a position is proposed only when every earlier one is known to be chosen, so that the
 *       voters of a position are one constant set).
 *   <li>A place is filled by at most one incarnation.
 *   <li>A quorum is more than half of the voters.
 * </ol>
 *
 * @param since the position at which it was chosen; {@link Position#ZERO} for the founding one
 * @param voters the voters by place, 1 to {@value #MOST}
 */
public record Membership(Position since, SortedMap<MemberId, Incarnation> voters) {
  /** More voters than this are refused: each one makes every commit slower. */
  public static final int MOST = 15;

  /** Copies the voters; refuses none and too many. */
  public Membership {
    if (voters.isEmpty() || voters.size() > MOST) {
      throw new IllegalArgumentException("1 to " + MOST + " voters, not " + voters.size());
    }
    voters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(voters));
  }

  /** A membership of the given members. */
  public static Membership of(Position since, Collection<Member> members) {
    SortedMap<MemberId, Incarnation> voters = new TreeMap<>();
    members.forEach(member -> voters.put(member.id(), member.incarnation()));
    return new Membership(since, voters);
  }

  /** Whether this very incarnation votes. */
  public boolean names(Member member) {
    return member.incarnation().equals(voters.get(member.id()));
  }

  /** The incarnation that fills a place, if any does. */
  public Optional<Member> at(MemberId id) {
    return Optional.ofNullable(voters.get(id)).map(incarnation -> new Member(id, incarnation));
  }

  /** The voters in the order of their places. */
  public List<Member> members() {
    List<Member> members = new ArrayList<>();
    voters.forEach((id, incarnation) -> members.add(new Member(id, incarnation)));
    return members;
  }

  /** The least number of voters of which any two sets have one in common. */
  public int quorum() {
    return voters.size() / 2 + 1;
  }

  /** The same voters and one more, or one incarnation in place of another. */
  Membership with(Member member, Position chosenAt) {
    SortedMap<MemberId, Incarnation> changed = new TreeMap<>(voters);
    changed.put(member.id(), member.incarnation());
    return new Membership(chosenAt, changed);
  }

  /** The same voters but one. */
  Membership without(MemberId id, Position chosenAt) {
    SortedMap<MemberId, Incarnation> changed = new TreeMap<>(voters);
    changed.remove(id);
    return new Membership(chosenAt, changed);
  }

  /** Whether no more than one place differs. */
  boolean differsInAtMostOnePlace(Membership other) {
    Set<MemberId> places = new TreeSet<>(voters.keySet());
    places.addAll(other.voters.keySet());
    return places.stream().filter(id -> !at(id).equals(other.at(id))).count() <= 1;
  }

  void write(WireWriter out) {
    since.write(out);
    out.many(members(), Member::write);
  }

  static Membership read(WireReader in) throws MalformedException {
    Position since = Position.read(in);
    List<Member> members = in.many(MOST, Member::read);
    SortedMap<MemberId, Incarnation> voters = new TreeMap<>();
    members.forEach(member -> voters.put(member.id(), member.incarnation()));
    if (members.isEmpty() || voters.size() != members.size()) {
      throw new MalformedException("a membership of nobody, or with a place filled twice");
    }
    return new Membership(since, voters);
  }
}
