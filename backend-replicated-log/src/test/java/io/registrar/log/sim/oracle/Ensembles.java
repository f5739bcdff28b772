package io.registrar.log.sim.oracle;

import io.registrar.log.paxos.Ballot;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Founding;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every ensemble of a run: the one that matters, and foreign ones. */
public final class Ensembles {
  private record Holder(Voter voter, EnsembleId ensemble) {}

  private final Map<EnsembleId, Ensemble> founded = new HashMap<>();
  private final Map<EnsembleId, Founding> records = new LinkedHashMap<>();
  private final Set<Holder> holders = new HashSet<>();
  private final Map<EnsembleId, Set<Voter>> beginners = new HashMap<>();
  private Optional<EnsembleId> ours = Optional.empty();

  public Optional<Ensemble> find(EnsembleId id) {
    return Optional.ofNullable(founded.get(id));
  }

  /** The ensemble that the run is about, once it is founded. */
  public Optional<Ensemble> ours() {
    return ours.map(founded::get);
  }

  public Optional<EnsembleId> ourId() {
    return ours;
  }

  void holds(Voter voter, Founding founding) {
    records.put(founding.ensemble(), founding);
    holders.add(new Holder(voter, founding.ensemble()));
  }

  /** Every founding record that anybody has ever held. */
  public Collection<Founding> records() {
    return records.values();
  }

  boolean hasHeld(Voter voter, EnsembleId ensemble) {
    return holders.contains(new Holder(voter, ensemble));
  }

  /** Who is named by this record and has never held it; while there is one, it cannot begin. */
  public List<Voter> notHolding(Founding founding) {
    return Voter.of(founding.membership()).stream()
        .filter(voter -> !holders.contains(new Holder(voter, founding.ensemble())))
        .toList();
  }

  /**
   * Somebody begins to vote under this record. The ensemble that the run is about is the one that a
   * quorum of its founders has begun; no second one can come to that.
   */
  void begun(int host, Voter voter, Founding founding) {
    founded.computeIfAbsent(founding.ensemble(), unused -> new Ensemble(founding));
    Set<Voter> all = beginners.computeIfAbsent(founding.ensemble(), unused -> new HashSet<>());
    all.add(voter);
    boolean alone = host == FOREIGN && founding.membership().voters().size() == 1;
    if (!alone && Votes.isQuorum(all, Voter.of(founding.membership()))) {
      if (ours.isPresent() && !ours.get().equals(founding.ensemble())) {
        throw new Violation(
            "I14", "process " + host + " founds " + founding.ensemble() + " beside " + ours.get());
      }
      ours = Optional.of(founding.ensemble());
    }
  }

  /** The process that may belong to an ensemble of its own. */
  public static final int FOREIGN = 7;

  /**
   * A proposal is made, on the wire or on the proposer's own disk. Beyond what {@link Votes} holds:
   * every earlier position is chosen (I11, and so no membership entry is still open), and a change
   * of membership is new only under a ballot that has already chosen an entry of its own.
   */
  void proposal(Ensemble e, long position, Ballot ballot, Entry entry) {
    Round round = Round.of(ballot);
    if (position > e.votes().chosenThrough() + 1) {
      throw new Violation(
          "I11",
          round + " proposes at #" + position + "; chosen is up to #" + e.votes().chosenThrough());
    }
    boolean fresh = !e.votes().isFill(position, round, entry);
    if (e.votes().proposed(position, round, entry)
        && fresh
        && entry.content() instanceof Content.ChangeMembership change) {
      if (!e.votes().choseBelow(position, round)) {
        throw new Violation(
            "I11",
            round
                + " changes the membership at #"
                + position
                + " and has chosen nothing of its own yet");
      }
      differsInOnePlace(e, position, change);
    }
  }

  private static void differsInOnePlace(
      Ensemble e, long position, Content.ChangeMembership change) {
    Map<Integer, Set<Voter>> places = new HashMap<>();
    for (List<Voter> all : List.of(e.votes().governing(position), Voter.of(change.membership()))) {
      all.forEach(
          voter -> places.computeIfAbsent(voter.member(), unused -> new HashSet<>()).add(voter));
    }
    Set<Voter> before = new HashSet<>(e.votes().governing(position));
    Set<Voter> after = new HashSet<>(Voter.of(change.membership()));
    long changed =
        places.values().stream()
            .filter(
                all ->
                    all.stream().anyMatch(voter -> before.contains(voter) != after.contains(voter)))
            .count();
    if (changed > 1) {
      throw new Violation("I10", "#" + position + " changes " + changed + " places at once");
    }
  }
}
