package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts votes: every durable accept that there ever was, by position and ballot, under the
 * membership that the chosen entries below that position say. What a quorum accepted is chosen,
 * whether anybody knows it or not.
 *
 * <p>Holds I1 (one value a position), I2 (every later ballot proposes the chosen value), I3 (only
 * what was proposed is accepted) and I10 (a ballot proposes only with the promises of a quorum of
 * the membership that governs the position).
 */
public final class Votes {
  private static final class Slot {
    final NavigableMap<Round, Proposal> proposals = new TreeMap<>();
    Entry chosen;
    Round chosenAt;
  }

  private static final class Proposal {
    final Entry entry;
    final Set<Voter> acceptors = new HashSet<>();

    Proposal(Entry entry) {
      this.entry = entry;
    }
  }

  private final NavigableMap<Long, Slot> slots = new TreeMap<>();
  private final NavigableMap<Long, List<Voter>> memberships = new TreeMap<>();
  private final Map<Round, Map<Voter, NavigableSet<Long>>> promises = new HashMap<>();
  private long chosenThrough;

  Votes(List<Voter> founders) {
    memberships.put(0L, founders);
  }

  /** Who votes at a position, as far as what is chosen tells. */
  public List<Voter> governing(long position) {
    return memberships.lowerEntry(position).getValue();
  }

  /** The membership that governs what is proposed next. */
  public List<Voter> latestMembership() {
    return memberships.lastEntry().getValue();
  }

  /** The latest membership and the one before it, which has chosen it and may be all that knows. */
  public List<List<Voter>> recentMemberships() {
    return memberships.descendingMap().values().stream().limit(2).toList();
  }

  NavigableMap<Long, List<Voter>> memberships() {
    return memberships;
  }

  public Optional<Entry> chosen(long position) {
    Slot slot = slots.get(position);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.chosen);
  }

  /** The last position up to which every one is chosen. */
  public long chosenThrough() {
    return chosenThrough;
  }

  /** Whether a quorum has accepted something under this ballot at a lower position. */
  boolean choseBelow(long position, Round round) {
    return slots.headMap(position).entrySet().stream()
        .anyMatch(
            slot -> {
              Proposal proposal = slot.getValue().proposals.get(round);
              return proposal != null && isQuorum(proposal.acceptors, governing(slot.getKey()));
            });
  }

  boolean hasAccepted(Voter voter, long position, Round round) {
    Slot slot = slots.get(position);
    Proposal proposal = slot == null ? null : slot.proposals.get(round);
    return proposal != null && proposal.acceptors.contains(voter);
  }

  /** Whether the entry was proposed at this position under a lower ballot: then this is a fill. */
  boolean isFill(long position, Round round, Entry entry) {
    Slot slot = slots.get(position);
    return slot != null
        && slot.proposals.headMap(round).values().stream().anyMatch(one -> one.entry.equals(entry));
  }

  /** A promise for this position and every later one of the same membership. */
  void promised(Voter voter, Round round, long position) {
    promises
        .computeIfAbsent(round, unused -> new HashMap<>())
        .computeIfAbsent(voter, unused -> new TreeSet<>())
        .add(position);
  }

  /**
   * Whose promises under this ballot cover a position: asked for at or before it, and under its
   * membership.
   */
  private Set<Voter> promisesFor(long position, Round round) {
    long since = memberships.lowerKey(position);
    Set<Voter> given = new HashSet<>();
    promises
        .getOrDefault(round, Map.of())
        .forEach(
            (voter, positions) -> {
              Long asked = positions.floor(position);
              if (asked != null && asked > since || voter.equals(round.proposer())) {
                given.add(voter);
              }
            });
    return given;
  }

  /** Counts a proposal, and says whether it is the first one of this ballot here. */
  boolean proposed(long position, Round round, Entry entry) {
    Slot slot = slots.computeIfAbsent(position, unused -> new Slot());
    Proposal known = slot.proposals.get(round);
    if (known != null) {
      if (!known.entry.equals(entry)) {
        throw new Violation(
            "I1", at(position) + round + " proposes " + known.entry + " and " + entry);
      }
      return false;
    }
    if (slot.chosen != null && round.isAbove(slot.chosenAt) && !slot.chosen.equals(entry)) {
      throw new Violation(
          "I2",
          at(position)
              + slot.chosen
              + " is chosen at "
              + slot.chosenAt
              + "; "
              + round
              + " proposes "
              + entry);
    }
    slot.proposals.put(round, new Proposal(entry));
    Set<Voter> given = promisesFor(position, round);
    if (!isQuorum(given, governing(position))) {
      throw new Violation(
          "I10",
          at(position)
              + round
              + " proposes with promises of "
              + given
              + ", no quorum of "
              + governing(position));
    }
    return true;
  }

  void accepted(Voter voter, long position, Round round, Entry entry) {
    Slot slot = slots.computeIfAbsent(position, unused -> new Slot());
    Proposal proposal = slot.proposals.get(round);
    if (proposal == null) {
      throw new Violation(
          "I3", at(position) + voter + " accepts what " + round + " never proposed");
    }
    if (!proposal.entry.equals(entry)) {
      throw new Violation(
          "I1",
          at(position)
              + voter
              + " accepts "
              + entry
              + " at "
              + round
              + ", proposed was "
              + proposal.entry);
    }
    if (proposal.acceptors.add(voter)) {
      count(position, slot);
    }
  }

  private void count(long position, Slot slot) {
    List<Voter> electorate = governing(position);
    for (Map.Entry<Round, Proposal> one : slot.proposals.entrySet()) {
      if (isQuorum(one.getValue().acceptors, electorate)) {
        choose(position, slot, one.getKey(), one.getValue().entry);
      }
    }
  }

  private void choose(long position, Slot slot, Round round, Entry entry) {
    if (slot.chosen != null) {
      if (!slot.chosen.equals(entry)) {
        throw new Violation(
            "I1",
            at(position)
                + slot.chosen
                + " chosen at "
                + slot.chosenAt
                + ", "
                + entry
                + " at "
                + round);
      }
      return;
    }
    slot.chosen = entry;
    slot.chosenAt = round;
    slot.proposals
        .tailMap(round, false)
        .forEach(
            (later, proposal) -> {
              if (!proposal.entry.equals(entry)) {
                throw new Violation(
                    "I2",
                    at(position)
                        + entry
                        + " is chosen at "
                        + round
                        + "; "
                        + later
                        + " proposes "
                        + proposal.entry);
              }
            });
    while (chosen(chosenThrough + 1).isPresent()) {
      chosenThrough++;
    }
    if (entry.content() instanceof Content.ChangeMembership change
        && change.membership().since().value() == position) {
      adopt(position, Voter.of(change.membership()));
    }
  }

  private void adopt(long position, List<Voter> members) {
    memberships.put(position, members);
    for (Map.Entry<Long, Slot> later : new ArrayList<>(slots.tailMap(position, false).entrySet())) {
      if (later.getValue().chosen != null) {
        throw new Violation(
            "I10", at(later.getKey()) + "was chosen before the membership entry at " + position);
      }
      count(later.getKey(), later.getValue());
    }
  }

  private static String at(long position) {
    return "position " + position + ": ";
  }

  static boolean isQuorum(Set<Voter> votes, List<Voter> electorate) {
    int counted = 0;
    for (Voter voter : electorate) {
      if (votes.contains(voter)) {
        counted++;
      }
    }
    return counted > electorate.size() / 2;
  }
}
