package io.registrar.log.sim;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Load;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Outgoing;
import io.registrar.log.paxos.Output;
import io.registrar.log.paxos.Replica;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.StopReason;
import io.registrar.log.sim.oracle.Ensemble;
import io.registrar.log.sim.oracle.Image;
import io.registrar.log.sim.oracle.Oracle;
import io.registrar.log.sim.oracle.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process: the shell around one replica, with its disk and its clock. It writes what the
 * replica asks for, tells it what is synced, sends and delivers, in the order that {@link Output}
 * lays down.
 */
final class Host {
  private final World world;
  private final int index;
  private final Chance entropy;
  private ReplicaConfig config;
  private Disk disk = new Disk();
  private Optional<Disk> saved = Optional.empty();
  private Optional<Disk> former = Optional.empty();
  private Optional<EnsembleId> witness = Optional.empty();
  private Replica replica;
  private Image store = new Image();
  private Client client;
  private int life;
  private boolean up;
  private boolean lossKnown;
  private boolean complete = true;
  private boolean suspect;
  private boolean paused;
  private boolean syncing;
  private boolean stopped;
  private final List<Runnable> missed = new ArrayList<>();
  private long clockPerMille = 1_000;
  private long extraSync;
  private long failNextSync = -1;

  /**
   * @param entropy its own: two processes that draw the same numbers would be one incarnation
   */
  Host(World world, int index, ReplicaConfig config, Chance entropy) {
    this.world = world;
    this.index = index;
    this.config = config;
    this.entropy = entropy;
    this.client = new Client(world, this);
  }

  int index() {
    return index;
  }

  MemberId id() {
    return config.self();
  }

  boolean isUp() {
    return up;
  }

  /** Whether it has stopped for good: only a person can bring the place back. */
  boolean isStopped() {
    return stopped;
  }

  Client client() {
    return client;
  }

  /** Whether the disk was set back or doubled, and will be given up when somebody notices. */
  boolean isSuspect() {
    return suspect;
  }

  void suspect() {
    suspect = true;
  }

  boolean hasWitness() {
    return witness.isPresent();
  }

  Disk disk() {
    return disk;
  }

  Optional<Disk> savedCopy() {
    return saved;
  }

  long applied() {
    return world.oracle().app(index).applied();
  }

  Optional<LogBase> base() {
    return replica.base();
  }

  Optional<Ensemble> ensemble() {
    return up && !stopped
        ? replica.ensemble().flatMap(world.oracle().ensembles()::find)
        : Optional.empty();
  }

  /** Starts on what the disk has kept. */
  void start() {
    if (up) {
      return;
    }
    lossKnown = lossKnown && !disk.tellsOfAnEnsemble();
    boolean lost = disk.isRotten() || lossKnown;
    Damage damage = lost ? Damage.lost(witness) : Damage.none();
    if (lost) {
      disk.clear();
      complete = false;
    }
    lossKnown = lost;
    if (index != World.STRANGER) {
      config = world.configOf(index);
    }
    List<DurableRecord> kept = disk.durable();
    world.oracle().starts(index, kept, complete ? Oracle.Kept.ALL : Oracle.Kept.LESS);
    complete = true;
    store = new Image();
    kept.forEach(store::apply);
    client = new Client(world, this);
    up = true;
    stopped = false;
    syncing = false;
    paused = false;
    life++;
    replica = world.guard(index, () -> Replica.restore(config, kept, damage, entropy::bits));
    step(new Input.Start());
    tickLater();
  }

  void startAs(ReplicaConfig as, Disk on) {
    config = as;
    disk = on;
    complete = false;
    start();
  }

  /** The process dies; of the records that wait for a sync so many survive. */
  void crash(long survivors) {
    if (up) {
      disk.crash(survivors, record -> world.oracle().persisted(index, record));
      world.oracle().died(index);
      up = false;
      life++;
      missed.clear();
    }
  }

  /** The disk is emptied; the witness beside it may be lost as well. */
  void wipe(boolean witnessToo) {
    crash(0);
    disk.clear();
    complete = false;
    lossKnown = !witnessToo && witness.isPresent();
    if (witnessToo) {
      witness = Optional.empty();
    }
  }

  /** Takes out the disk with all that is durable on it; what waited for a sync is lost. */
  void swapDisk() {
    crash(0);
    former = Optional.of(disk.copy());
    wipe(false);
  }

  Optional<Disk> formerDisk() {
    return former;
  }

  /**
   * For the former disk, nothing has happened but that its process was dead for long. If it had
   * been emptied before it was taken out, the witness beside it still tells.
   */
  void putBack() {
    crash(0);
    disk = former.orElseThrow();
    former = Optional.empty();
    lossKnown = witness.isPresent() && !disk.tellsOfAnEnsemble();
    complete = false;
    suspect = false;
  }

  void save() {
    saved = Optional.of(disk.copy());
  }

  void restoreSaved() {
    crash(0);
    saved.ifPresent(
        copy -> {
          disk = copy.copy();
          lossKnown = false;
          complete = false;
          suspect = true;
        });
  }

  void pause() {
    paused = up;
  }

  void resume() {
    if (paused) {
      paused = false;
      missed.forEach(what -> world.after(1, what));
      missed.clear();
    }
  }

  void clock(long perMille) {
    clockPerMille = perMille;
  }

  void slowDisk(long millis) {
    extraSync = millis;
  }

  void failNextSync(long survivors) {
    failNextSync = survivors;
  }

  private void tickLater() {
    int inLife = life;
    world.after(
        Math.max(1, World.TICK_MILLIS * 1_000 / clockPerMille),
        () -> {
          if (inLife == life) {
            if (!paused) {
              step(new Input.Tick());
            }
            tickLater();
          }
        });
  }

  /** Lets something happen in this life of the process, or after its pause. */
  private void inThisLife(int inLife, Runnable what) {
    if (inLife != life || !up) {
      return;
    }
    if (paused) {
      missed.add(() -> inThisLife(inLife, what));
    } else {
      what.run();
    }
  }

  void stepIfClient(Client which, Runnable what) {
    if (which == client) {
      inThisLife(life, what);
    }
  }

  void receive(MemberId from, Bytes frame) {
    inThisLife(life, () -> step(new Input.Received(from, frame)));
  }

  void tellEnded(Host gone) {
    Input ended = new Input.Ended(gone.replica.member());
    inThisLife(life, () -> step(ended));
  }

  void act(Action action) {
    inThisLife(life, () -> client.act(action));
  }

  void step(Input input) {
    if (!up) {
      return;
    }
    Output output = world.guard(index, () -> replica.step(input));
    if (!output.persist().isEmpty()) {
      disk.append(output.sequence(), output.persist());
      output.persist().forEach(store::apply);
      if (disk.wantsCheckpoint()) {
        disk.openSegment(output.sequence(), world.guard(index, replica::checkpoint));
      }
      syncLater();
    }
    if (output.send().size() > 2_000 || output.persist().size() > 2_000) {
      throw new Violation(
          "I18", "process " + index + " sends " + output.send().size() + " messages in one step");
    }
    int inLife = life;
    for (Outgoing outgoing : output.send()) {
      world.send(this, outgoing);
    }
    for (Load load : output.load()) {
      world.after(1 + entropy.below(3), () -> inThisLife(inLife, () -> load(load)));
    }
    for (Delivery delivery : output.deliver()) {
      if (inLife == life) {
        deliver(delivery);
      }
    }
  }

  private void deliver(Delivery delivery) {
    world.told(index, delivery);
    world.oracle().told(index, delivery, store);
    client.told(delivery);
    if (delivery instanceof Delivery.StartAnew anew) {
      startAnew(anew);
    } else if (delivery instanceof Delivery.Stopped it) {
      stopped = true;
      // A stray's operator is told to remove what remembers its log.
      witness = it.reason() == StopReason.FOUNDED_ALONE ? Optional.empty() : witness;
    } else if (delivery instanceof Delivery.Truncated it) {
      disk.cutBelow(it.footing().base().begin().value());
    } else if (delivery instanceof Delivery.Replay it) {
      witness = Optional.of(it.footing().base().ensemble());
      disk.cutBelow(it.footing().base().begin().value());
    }
  }

  private void startAnew(Delivery.StartAnew anew) {
    boolean harmed = suspect || disk.isRotten();
    if (anew.cause() == Delivery.StartAnew.Cause.DAMAGED && !harmed) {
      throw new Violation("I4", "process " + index + " gives up a disk that nothing has harmed");
    }
    suspect = false;
    crash(0);
    disk.clear();
    complete = false;
    lossKnown = true;
    witness = anew.ensemble().or(() -> witness);
    world.after(5, () -> world.startIfThere(this));
  }

  private void syncLater() {
    if (syncing || !disk.hasWaiting()) {
      return;
    }
    syncing = true;
    long through = disk.lastWaiting();
    int inLife = life;
    world.after(
        world.fates().sync(index, world.nextSync(index), world.now()) + extraSync,
        () -> inThisLife(inLife, () -> synced(through)));
  }

  private void synced(long through) {
    syncing = false;
    if (failNextSync >= 0) {
      long survivors = failNextSync;
      failNextSync = -1;
      world.tally("failed sync");
      crash(survivors);
      return;
    }
    disk.synced(through, record -> world.oracle().persisted(index, record));
    syncLater();
    step(new Input.Persisted(through));
  }

  private void load(Load load) {
    if (disk.isRotten()) {
      step(new Input.Damaged());
      return;
    }
    List<Entry> entries = store.read(load);
    if (!entries.isEmpty()) {
      step(new Input.Loaded(load, entries));
    }
  }

  boolean coordinates() {
    return up && !stopped && replica.coordinates();
  }
}
