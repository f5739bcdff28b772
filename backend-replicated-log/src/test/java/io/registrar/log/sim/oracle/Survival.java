package io.registrar.log.sim.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the disks that are left are enough for the log to go on. Liveness is asked for only where
 * they are.
 */
public final class Survival {
  private final Votes votes;
  private final Function<Voter, Optional<Image>> disks;

  /**
   * @param disks what is durable where a voter votes; empty where that disk is lost
   */
  public Survival(Votes votes, Function<Voter, Optional<Image>> disks) {
    this.votes = votes;
    this.disks = disks;
  }

  /**
   * A quorum of the latest membership is left, and it can find out that it is the latest: one of
   * them has learned so, or a quorum of the membership before, which chose it, is left to tell. A
   * membership that was chosen by disks that are gone, and that nobody else knows to be chosen, can
   * never be told from one that was only proposed.
   */
  public boolean canGoOn() {
    Map.Entry<Long, List<Voter>> latest = votes.memberships().lastEntry();

    return hasQuorum(latest.getValue())
        && (latest.getKey() == 0
            || isLearned(latest.getKey(), latest.getValue())
            || hasQuorum(votes.governing(latest.getKey())));
  }

  private boolean hasQuorum(List<Voter> voters) {
    long left = voters.stream().filter(voter -> disks.apply(voter).isPresent()).count();
    return left > voters.size() / 2;
  }

  private boolean isLearned(long position, List<Voter> voters) {
    return voters.stream()
        .flatMap(voter -> disks.apply(voter).stream())
        .anyMatch(image -> image.chosenThrough() >= position);
  }
}
