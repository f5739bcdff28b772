package io.registrar.log.sim;

import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Founding;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.sim.oracle.Ensemble;
import io.registrar.log.sim.oracle.Image;
import io.registrar.log.sim.oracle.Voter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Does what the decisions say, within the fault model: the fault atlas. A disk is lost only while a
 * quorum of the membership in force keeps its own (in a reckless run: while one voter does), and
 * set back or doubled only where every other voter has seen more of it than the copy shows, because
 * elsewhere nobody could tell.
 */
final class Faults {
  private final World world;

  Faults(World world) {
    this.world = world;
  }

  /** Does it, or returns false where the atlas spares the disk or there is nobody to do it to. */
  boolean act(Action action) {
    if (action.node() >= world.hosts().size()) {
      return false;
    }
    Host host = world.host(action.node());
    switch (action.verb()) {
      case CRASH -> host.crash(action.argument());
      case RESTART -> host.start();
      case WIPE -> {
        boolean witnessToo = action.argument() == 0 && !isForeignerAbout();
        return mayForget(host) && mayLose(host) && done(() -> host.wipe(witnessToo));
      }
      case ROT -> {
        return world.oracle().ensembles().ours().isPresent()
            && mayLose(host)
            && done(host.disk()::rot);
      }
      case SAVE_COPY -> host.save();
      case RESTORE_COPY -> {
        return wouldBeNoticed(host) && mayLose(host) && done(host::restoreSaved);
      }
      case SWAP_DISK -> {
        return !host.isSuspect() && mayForget(host) && mayLose(host) && done(host::swapDisk);
      }
      case PUT_BACK -> {
        return host.formerDisk().isPresent()
            && !isWaitedForWhileFounding(host)
            && mayForget(host)
            && mayLose(host)
            && done(host::putBack);
      }
      case START_TWIN -> {
        return wouldBeNoticed(host)
            && mayLose(host)
            && !isStrangerNeeded()
            && done(() -> startTwin(host));
      }
      case START_FOREIGN -> {
        return startForeign((int) action.argument());
      }
      case TELL_ENDED -> {
        Host gone = world.host((int) action.argument());
        return !isAnswered(gone) && done(() -> host.tellEnded(gone));
      }
      case PAUSE -> host.pause();
      case RESUME -> host.resume();
      case CLOCK -> host.clock(action.argument());
      case FAIL_SYNC -> host.failNextSync(action.argument());
      case SLOW_DISK -> host.slowDisk(action.argument());
      case CUT_LINKS -> world.network().cut(action.argument());
      case HEAL_LINKS -> world.network().cut(0);
      case STASH -> world.network().stash(action.argument());
      case RELEASE -> world.network().release();
      case ADD_MEMBER -> {
        bringBack((int) action.argument());
        host.act(action);
      }
      default -> host.act(action);
    }
    return true;
  }

  private static boolean done(Runnable what) {
    what.run();
    return true;
  }

  /** An operator who adds a member gives it a new disk if its replica has stopped for good. */
  private void bringBack(int index) {
    Host subject = world.host(index);
    boolean votes =
        world.oracle().ensembles().ours().stream()
            .flatMap(ensemble -> ensemble.votes().latestMembership().stream())
            .anyMatch(voter -> voter.member() == index + 1);
    if (subject.isStopped() && !votes) {
      subject.wipe(false);
      subject.start();
    }
  }

  /** Whether the others are enough to make up for the loss of this disk. */
  private boolean mayLose(Host host) {
    Optional<Ensemble> ensemble = world.oracle().ensembles().ours();
    if (ensemble.isEmpty()) {
      boolean another = world.everybody().stream().anyMatch(it -> it != host && isDouble(it));
      return world.oracle().ensembles().records().stream()
          .allMatch(record -> mayLose(host, record) && (!another || !names(record, host)));
    }
    return ensemble.get().votes().recentMemberships().stream()
        .allMatch(voters -> mayLose(host, voters));
  }

  private boolean mayLose(Host host, List<Voter> voters) {
    if (voters.stream().noneMatch(voter -> voter.member() == host.id().value())) {
      return true;
    }
    long others =
        voters.stream()
            .filter(voter -> voter.member() != host.id().value())
            .filter(voter -> holder(voter).filter(other -> !other.isSuspect()).isPresent())
            .count();
    return world.settings().isReckless() ? others > 0 : others > voters.size() / 2;
  }

  /**
   * A record that all have held may begin, or have begun, although nobody has yet seen it do so:
   * from then on a quorum of it must keep their disks. It is of no use for good once somebody has
   * lost a disk who never held it.
   */
  private boolean mayLose(Host host, Founding record) {
    List<Voter> missing = world.oracle().ensembles().notHolding(record);
    Set<Voter> there =
        world.everybody().stream()
            .filter(other -> other != host && !other.disk().isRotten())
            .flatMap(other -> durable(other).self().stream())
            .collect(Collectors.toSet());
    List<Voter> voters = Voter.of(record.membership());
    long others = voters.stream().filter(there::contains).count();
    boolean named = durable(host).self().filter(voters::contains).isPresent();
    return !named || !there.containsAll(missing) || others > voters.size() / 2;
  }

  /**
   * All have held it or still may, so it may begin, or have begun, whoever lost a disk since. A
   * second process under a member's number draws the others on to records that do not name the
   * first one; with a disk lost besides, nobody can know which of the records has begun, if any
   * has.
   */
  private boolean couldBegin(Founding record, Set<Voter> there) {
    return there.containsAll(world.oracle().ensembles().notHolding(record));
  }

  /**
   * Before the votes begin, the empty disk that took the former one's place may have drawn the
   * others on to a record of its own. With the former one back, that is a member's number that two
   * answer for, and the second one's disk lost.
   */
  private boolean isWaitedForWhileFounding(Host host) {
    return world.oracle().ensembles().ours().isEmpty()
        && world.oracle().ensembles().records().stream().anyMatch(record -> names(record, host));
  }

  private boolean names(Founding record, Host host) {
    return durable(host).self().filter(Voter.of(record.membership())::contains).isPresent();
  }

  private boolean isDouble(Host host) {
    return host.index() == World.STRANGER && host.isUp() && !host.isStopped();
  }

  /** Whether any process answers for the number of this one. */
  private boolean isAnswered(Host gone) {
    return world.everybody().stream().anyMatch(it -> it.isUp() && it.id().equals(gone.id()));
  }

  /** Whether every disk is there that a record names which may have begun. */
  private boolean isFoundingWhole() {
    Set<Voter> there =
        world.everybody().stream()
            .flatMap(host -> durable(host).self().stream())
            .collect(Collectors.toSet());
    return world.oracle().ensembles().ours().isPresent()
        || world.oracle().ensembles().records().stream()
            .filter(record -> couldBegin(record, there))
            .allMatch(record -> there.containsAll(Voter.of(record.membership())));
  }

  /** The process that has the disk which the membership names as this voter, and votes with it. */
  Optional<Host> holder(Voter voter) {
    return world.everybody().stream().filter(host -> holds(host, voter)).findFirst();
  }

  private boolean holds(Host host, Voter voter) {
    if (host.id().value() != voter.member() || host.disk().isRotten()) {
      return false;
    }
    Image image = durable(host);
    return image.self().equals(Optional.of(voter)) && image.votesAfter() >= 0 && !image.isRetired();
  }

  /** What is durable on the disk of a process, dead or alive. */
  Image durable(Host host) {
    if (host.isUp()) {
      return world.oracle().image(host.index());
    }
    Image image = new Image();
    host.disk().durable().forEach(image::apply);
    return image;
  }

  private boolean wouldBeNoticed(Host host) {
    Optional<Ensemble> ensemble = world.oracle().ensembles().ours();
    if (host.savedCopy().isEmpty() || ensemble.isEmpty()) {
      return false;
    }
    Image old = new Image();
    host.savedCopy().get().durable().forEach(old::apply);
    return ensemble.get().votes().latestMembership().stream()
            .filter(voter -> voter.member() != host.id().value())
            .allMatch(voter -> wouldNotice(voter, old))
        && ensemble.get().votes().latestMembership().size() > 1;
  }

  /** One that was set back itself may have forgotten what it had seen. */
  private boolean wouldNotice(Voter voter, Image old) {
    return holder(voter)
        .filter(host -> !host.isSuspect() && durable(host).wouldNotice(old))
        .isPresent();
  }

  private void startTwin(Host host) {
    host.suspect();
    world
        .bringStranger(world.configOf(host.index()))
        .startAs(world.configOf(host.index()), host.savedCopy().orElseThrow().copy());
  }

  /**
   * From 8 on: a process that first founds an ensemble alone; below: one with an empty disk, one
   * too many.
   */
  private boolean startForeign(int argument) {
    int place = argument & 7;
    if (place >= world.hosts().size() || isStrangerNeeded()) {
      return false;
    }
    ReplicaConfig config = world.configOf(place);
    if (argument < 8) {
      if (couldFoundWithout(place) || !isFoundingWhole()) {
        return false;
      }
      world.bringStranger(config).start();
      return true;
    }
    if (!world.hosts().stream().allMatch(this::knowsOurEnsemble)) {
      return false;
    }
    SortedSet<MemberId> alone = new TreeSet<>(List.of(config.self()));
    Host host =
        world.bringStranger(world.settings().configure(ReplicaConfig.of(config.self(), alone)));
    host.start();
    world.after(
        1_000,
        () -> {
          if (world.everybody().contains(host)) {
            host.crash(0);
            host.startAs(config, host.disk());
          }
        });
    return true;
  }

  /**
   * A process with neither log nor witness belongs to whatever ensemble it meets first, a foreign
   * one too.
   */
  private boolean knowsOurEnsemble(Host host) {
    Optional<EnsembleId> ours = world.oracle().ensembles().ourId();
    return ours.isPresent() && durable(host).ensemble().equals(ours);
  }

  /**
   * Whether an empty process in this place would find every other voter's place without a log: then
   * the word of the voter that it stands in for is all that keeps them from founding anew, and that
   * voter may be dead.
   */
  private boolean couldFoundWithout(int place) {
    return world.oracle().ensembles().ours().stream()
        .anyMatch(
            ours ->
                ours.votes().latestMembership().stream()
                    .map(voter -> voter.member() - 1)
                    .allMatch(at -> at == place || !knowsOurEnsemble(world.host(at))));
  }

  /** Whether a process that began as one too many has come to be a voter, or is about to vote. */
  private boolean isStrangerNeeded() {
    if (world.oracle().ensembles().ours().isEmpty()) {
      return world.everybody().stream()
          .anyMatch(host -> host.index() == World.STRANGER && isNamedInARecord(host));
    }
    return world.oracle().ensembles().ours().stream()
        .flatMap(ensemble -> ensemble.votes().recentMemberships().stream())
        .flatMap(List::stream)
        .anyMatch(this::isStranger);
  }

  /**
   * Before the votes begin, a second process under the founder's number has drawn the others on to
   * its own record; if it is gone before that has begun, they cannot go back.
   */
  private boolean isNamedInARecord(Host host) {
    return world.oracle().ensembles().records().stream().anyMatch(record -> names(record, host));
  }

  private boolean isStranger(Voter voter) {
    return holder(voter)
        .or(() -> named(voter))
        .filter(host -> host.index() == World.STRANGER)
        .isPresent();
  }

  private Optional<Host> named(Voter voter) {
    return world.everybody().stream()
        .filter(host -> durable(host).self().equals(Optional.of(voter)))
        .findFirst();
  }

  /**
   * One that has joined anew, and lost its disk again before it had a log, remembers nothing: it
   * might found with an empty process under a voter's number.
   */
  private boolean mayForget(Host host) {
    return host.hasWitness() || !isForeignerAbout();
  }

  private boolean isForeignerAbout() {
    return world.everybody().stream()
        .anyMatch(host -> host.index() == World.STRANGER && host.isUp() && !knowsOurEnsemble(host));
  }
}
