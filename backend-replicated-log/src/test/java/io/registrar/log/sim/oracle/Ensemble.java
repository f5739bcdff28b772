package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Founding;
import io.registrar.log.paxos.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One ensemble as the oracle knows it: its votes, what they chose, and what that means. */
public final class Ensemble {
  private final Votes votes;
  private final History history = new History();
  private final Map<Voter, Round> promised = new HashMap<>();
  private final Map<Long, Round> leastPromiseAt = new HashMap<>();
  private long membershipsKnown;

  Ensemble(Founding founding) {
    votes = new Votes(Voter.of(founding.membership()));
  }

  public Votes votes() {
    return votes;
  }

  public History history() {
    return history;
  }

  /** A promise became durable. */
  void promise(Voter voter, Round round) {
    promised.merge(voter, round, (a, b) -> a.isAbove(b) ? a : b);
  }

  /**
   * Reads what has become chosen since, and notes for each new membership what its others had
   * promised then.
   */
  void advance() {
    while (history.through() < votes.chosenThrough()) {
      long position = history.through() + 1;
      history.read(position, votes.chosen(position).orElseThrow());
    }
    if (votes.memberships().size() > membershipsKnown) {
      membershipsKnown = votes.memberships().size();
      long position = votes.memberships().lastKey();
      leastPromiseAt.put(position, leastQuorumPromise(position));
    }
  }

  /**
   * The least that a voter admitted at this position must adopt: whichever majority of the other
   * voters is asked from now on, one of them shows at least this promise.
   */
  private Round leastQuorumPromise(long position) {
    if (position == 0) {
      return Round.NONE;
    }
    List<Voter> before = votes.governing(position);
    List<Voter> after = votes.memberships().get(position);
    List<Round> others = new ArrayList<>();
    for (Voter voter : before) {
      if (after.contains(voter)) {
        others.add(promised.getOrDefault(voter, Round.NONE));
      }
    }
    others.sort(null);
    return others.isEmpty() ? Round.NONE : others.get(others.size() / 2);
  }

  Optional<Round> leastPromiseAt(long position) {
    return Optional.ofNullable(leastPromiseAt.get(position));
  }

  /** I7: everything through this position is chosen. */
  void requireChosenThrough(long position, String who) {
    if (position > votes.chosenThrough()) {
      throw new Violation(
          "I7",
          who + " takes #" + position + " as chosen; chosen is up to #" + votes.chosenThrough());
    }
  }

  /** I7: this entry is chosen here. */
  void requireChosen(long position, Entry entry, String who) {
    Optional<Entry> chosen = votes.chosen(position);
    if (!chosen.equals(Optional.of(entry))) {
      throw new Violation(
          "I7", who + " takes " + entry + " as chosen at #" + position + "; chosen is " + chosen);
    }
  }

  /** I12: this footing is what a chosen and effective cut says, or the founding one. */
  void requireFooting(Footing footing, String who) {
    long through = footing.through().value();
    if (through > 0) {
      requireChosenThrough(through, who);
      boolean isCut =
          votes.chosen(through).map(Entry::content).orElse(null) instanceof Content.Cut cut
              && cut.base().equals(footing.base())
              && history.after(through).taken();
      if (!isCut) {
        throw new Violation(
            "I12", who + " stands on " + footing + ", which no cut at its end says");
      }
    }
    if (through > 0 && !history.agrees(footing.base(), votes)) {
      throw new Violation("I12", who + " stands on " + footing + ", which is not what stood there");
    }
    if (through == 0 && footing.base().begin().isAfter(new Position(1))) {
      throw new Violation("I12", who + " begins at " + footing.base().begin() + " without a cut");
    }
  }
}
