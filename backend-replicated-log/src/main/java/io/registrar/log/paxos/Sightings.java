package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been seen of the other members' durable state, by this member or by one that told it
 * (protocol-aware recovery asks as much of storage: FAST '18, section 3.3, "a node must know what
 * it has lost").
 *
 * <ol>
 *   <li>What is remembered of an incarnation never falls.
 *   <li>What is remembered is written with whatever is written next, and passed on with every
 *       message.
 *   <li>A vote of an incarnation that shows less than is remembered of it does not count.
 *   <li>At most {@value #MOST} incarnations are remembered; those that vote are kept.
 * </ol>
 */
final class Sightings {
  private static final int MOST = 128;

  private final SortedMap<Member, Vitals> seen = new TreeMap<>();
  private final Set<Member> unwritten = new LinkedHashSet<>();

  /** Adds what was seen; its own start stays if it has the same number (first come). */
  void merge(Sighting sighting) {
    Vitals before = seen.getOrDefault(sighting.of(), Vitals.NONE);
    Vitals after = before.merge(sighting.vitals());
    if (!after.equals(before) && (seen.containsKey(sighting.of()) || seen.size() < MOST)) {
      seen.put(sighting.of(), after);
      unwritten.add(sighting.of());
    }
  }

  Vitals of(Member member) {
    return seen.getOrDefault(member, Vitals.NONE);
  }

  /** Whether nobody is known to have seen more of this member than it shows. */
  boolean trust(Member member, Vitals shown) {
    return !shown.lack(of(member));
  }

  /** Forgets whoever does not vote, when there are many. */
  void forgetBut(Membership membership) {
    if (seen.size() > MOST / 2) {
      seen.keySet().removeIf(member -> !membership.names(member));
      unwritten.retainAll(seen.keySet());
    }
  }

  /** What is not written yet; it is written with the batch at hand. */
  List<Sighting> takeUnwritten() {
    List<Sighting> taken = new ArrayList<>();
    unwritten.forEach(member -> taken.add(new Sighting(member, of(member))));
    unwritten.clear();
    return taken;
  }

  /** What is passed on: the voters first, as many as a message holds. */
  List<Sighting> toPassOn(Log log) {
    List<Sighting> passed = new ArrayList<>();
    seen.forEach(
        (member, vitals) -> {
          boolean votes = log.exists() && log.membership().names(member);
          if (votes && passed.size() < Envelope.MOST_SIGHTINGS) {
            passed.add(new Sighting(member, vitals));
          }
        });
    return passed;
  }

  List<Sighting> all() {
    List<Sighting> all = new ArrayList<>();
    seen.forEach((member, vitals) -> all.add(new Sighting(member, vitals)));
    return all;
  }

  /** What a restored store remembers. */
  void restore(List<Sighting> sightings) {
    sightings.forEach(this::merge);
    unwritten.clear();
  }
}
