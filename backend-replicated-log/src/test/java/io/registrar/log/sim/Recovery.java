package io.registrar.log.sim;

import io.registrar.log.sim.oracle.Ensemble;
import io.registrar.log.sim.oracle.Image;
import io.registrar.log.sim.oracle.Survival;
import io.registrar.log.sim.oracle.Violation;
import io.registrar.log.sim.oracle.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What follows the faults. The network and a quorum are healed while the rest stays broken, and a
 * new session must come about and commit within ten virtual seconds (I20); then everything is
 * healed, and every voter must come to the same state within sixty.
 */
final class Recovery {
  private static final int COMMITS = 10;
  private static final long TEN_SECONDS = 10_000;
  private static final long SIXTY_SECONDS = 60_000;

  /** Turns of 50 ms that one process is given to lead before another one is asked. */
  private static final int PATIENCE = 40;

  private final World world;
  private final Faults faults;

  Recovery(World world) {
    this.world = world;
    this.faults = new Faults(world);
  }

  void run() {
    world.fates().quiet();
    world.network().cut(0);
    world.network().release();
    List<Host> broken = broken();
    for (Host host : world.everybody()) {
      host.clock(1_000);
      host.slowDisk(0);
      host.failNextSync(-1);
      if (!broken.contains(host)) {
        heal(host);
      }
    }
    if (!isWithinModel()) {
      world.tally("quorum lost for good");
      world.runUntil(world.now() + TEN_SECONDS);
      return;
    }
    if (live(broken)) {
      broken.forEach(Recovery::heal);
      converge();
    }
  }

  /** What is damaged is found and set aside now, not at some later start. */
  private static void heal(Host host) {
    host.resume();
    if (host.disk().isRotten()) {
      host.crash(0);
    }
    if (host.index() != World.STRANGER) {
      host.start();
    }
  }

  /** Whom the first healing leaves as they are: dead processes that a quorum can do without. */
  private List<Host> broken() {
    List<Host> broken = new ArrayList<>();
    for (Voter voter : voters()) {
      Optional<Host> dead = sound(voter).filter(host -> !host.isUp());
      if (dead.isPresent() && canDoWithout(broken, dead.get())) {
        broken.add(dead.get());
      }
    }
    return broken;
  }

  /** A disk that was set back is given up as soon as that is found. */
  private Optional<Host> sound(Voter voter) {
    return faults.holder(voter).filter(host -> !host.isSuspect());
  }

  private boolean canDoWithout(List<Host> broken, Host oneMore) {
    List<Host> more = new ArrayList<>(broken);
    more.add(oneMore);
    return canDoWithout(more);
  }

  private boolean canDoWithout(List<Host> broken) {
    return canGoOn(
        voter -> sound(voter).filter(host -> !broken.contains(host)).map(faults::durable));
  }

  private boolean canGoOn(Function<Voter, Optional<Image>> disks) {
    return world.oracle().ensembles().ours().stream()
        .allMatch(ours -> new Survival(ours.votes(), disks).canGoOn());
  }

  private List<Voter> voters() {
    return world
        .oracle()
        .ensembles()
        .ours()
        .map(e -> e.votes().latestMembership())
        .orElse(List.of());
  }

  private boolean isWithinModel() {
    return canGoOn(voter -> faults.holder(voter).map(faults::durable));
  }

  /** Whether ten commits were made in time; false if no quorum is left that could make them. */
  private boolean live(List<Host> broken) {
    List<Voter> counted = voters();
    long deadline = world.now() + TEN_SECONDS;
    long before = acknowledged();
    for (int turn = 0; acknowledged() < before + COMMITS; turn++) {
      if (world.now() >= deadline && !isWithinModel()) {
        // A removal that was asked for before the healing has left a membership without a quorum.
        world.tally("quorum lost for good");
        return false;
      }
      if (world.now() >= deadline) {
        long made = acknowledged() - before;
        throw new Violation(
            "I20", "ten seconds after healing " + made + " of " + COMMITS + " commits are made");
      }
      if (!counted.equals(voters()) || !canDoWithout(broken)) {
        // A change of membership that was asked for before the healing, or a copied disk that was
        // found since: the dead may be needed now.
        broken.forEach(Recovery::heal);
      }
      List<Host> able = able();
      if (!able.isEmpty()) {
        work(able.get(turn / PATIENCE % able.size()), turn);
      }
      world.runUntil(Math.min(deadline, world.now() + 50));
    }
    return true;
  }

  private static void work(Host host, int turn) {
    boolean begins = turn % PATIENCE == 0;
    Verb verb = begins ? Verb.ACQUIRE : host.client().hasSession() ? Verb.COMMIT : Verb.READ;
    host.act(new Action(verb, host.index(), 1));
  }

  /** The processes that can coordinate: voters with their disks, alive. */
  private List<Host> able() {
    return voters().stream()
        .flatMap(voter -> faults.holder(voter).stream())
        .filter(host -> host.isUp() && !host.isStopped())
        .toList();
  }

  private long acknowledged() {
    return world.everybody().stream().mapToLong(host -> host.client().acknowledged()).sum();
  }

  private void converge() {
    long deadline = world.now() + SIXTY_SECONDS;
    for (int turn = 0; !behind().isEmpty(); turn++) {
      if (world.now() >= deadline) {
        throw new Violation(
            "I20", "sixty seconds after healing all, these have not come to the end: " + behind());
      }
      if (turn % PATIENCE == 0) {
        lead(turn / PATIENCE);
      }
      world.runUntil(Math.min(deadline, world.now() + 200));
    }
  }

  /** Who coordinated may have been removed since; a place is filled by a coordinator alone. */
  private void lead(int turn) {
    List<Host> able = able();
    if (!able.isEmpty() && able.stream().noneMatch(Host::coordinates)) {
      Host next = able.get(turn % able.size());
      next.act(new Action(Verb.ACQUIRE, next.index(), 0));
    }
  }

  /**
   * Voters that have not applied everything, or whose place is empty while a process waits to fill
   * it.
   */
  private List<String> behind() {
    Ensemble ensemble = world.oracle().ensembles().ours().orElseThrow();
    long end = ensemble.votes().chosenThrough();
    List<String> behind = new ArrayList<>();
    List<Voter> voters = ensemble.votes().latestMembership();
    for (Voter voter : voters) {
      Optional<Host> holder = faults.holder(voter);
      if (holder.isEmpty() && someoneWaitsFor(voter)) {
        behind.add(voter + " is not replaced");
      } else if (holder.filter(host -> host.isUp() && host.applied() < end).isPresent()) {
        behind.add(voter + " is at #" + holder.get().applied() + " of #" + end);
      } else if (voters.size() > 1
          && holder.filter(Host::isUp).isPresent()
          && someoneClaims(voter)) {
        behind.add(voter + " is there, and whoever claims its place is not told");
      }
    }
    return behind;
  }

  /**
   * Whether an empty process learns under the number of a voter, to take its place. Where nobody
   * else votes, nobody whom it can hear may refuse it.
   */
  private boolean someoneClaims(Voter voter) {
    return world.everybody().stream()
        .filter(host -> host.id().value() == voter.member() && host.isUp() && !host.isStopped())
        .map(faults::durable)
        .anyMatch(
            image ->
                image.votesAfter() < 0
                    && image.ensemble().equals(world.oracle().ensembles().ourId())
                    && image.self().filter(self -> !self.equals(voter)).isPresent());
  }

  /**
   * One that remembers another log, such as one whose founding has come to nothing, waits for that:
   * it is announced, and only a person can bring it back.
   */
  private boolean someoneWaitsFor(Voter voter) {
    return world.everybody().stream()
        .filter(host -> host.id().value() == voter.member() && host.isUp() && !host.isStopped())
        .map(host -> faults.durable(host).ensemble())
        .anyMatch(its -> its.isEmpty() || its.equals(world.oracle().ensembles().ourId()));
  }
}
