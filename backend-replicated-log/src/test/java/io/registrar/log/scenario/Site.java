package io.registrar.log.scenario;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Load;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Output;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.RandomSource;
import io.registrar.log.paxos.ReplicaConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One place: a replica, its disk, and an application that keeps what it is told. */
final class Site {
  /** Whether what is written is synced at once. */
  enum Syncing {
    AT_ONCE,
    BY_HAND
  }

  private ReplicaConfig config;
  private final RandomSource entropy;
  private final Stepped.Maker maker;
  private final Wire wire;
  private final Consumer<String> trace;
  private Optional<Stepped> replica = Optional.empty();
  private Disk disk = new Disk();
  private Disk backup = new Disk();
  private Damage damage = Damage.none();
  private Optional<EnsembleId> witness = Optional.empty();
  private Syncing syncing = Syncing.AT_ONCE;
  private long toSync;
  private final SortedMap<Position, Entry> log = new TreeMap<>();
  private long epoch;
  private long version;
  private final SortedMap<Long, String> asked = new TreeMap<>();

  Site(
      ReplicaConfig config,
      RandomSource entropy,
      Stepped.Maker maker,
      Wire wire,
      Consumer<String> trace) {
    this.config = config;
    this.entropy = entropy;
    this.maker = maker;
    this.wire = wire;
    this.trace = trace;
  }

  String name() {
    return config.self().toString();
  }

  /** It is started with other flags from now on. */
  void configure(ReplicaConfig changed) {
    config = changed;
  }

  boolean isUp() {
    return replica.isPresent();
  }

  /** Starts from what the disk holds; from nothing, and saying so, if it had to be set aside. */
  void start() {
    log.clear();
    epoch = 0;
    version = 0;
    toSync = 0;
    asked.clear();
    Damage report = damage;
    damage = Damage.none();
    replica = Optional.of(maker.restore(config, disk.records(), report, entropy));
    give(new Input.Start());
  }

  void crash() {
    disk.crash();
    replica = Optional.empty();
  }

  void wipe() {
    crash();
    disk = new Disk();
  }

  /** The store has found damage at its start, and was set aside; the witness beside it is there. */
  void lose() {
    wipe();
    damage = Damage.lost(witness);
  }

  void backUp() {
    backup = disk.copy();
  }

  void setBack() {
    crash();
    disk = backup.copy();
  }

  void syncing(Syncing how) {
    syncing = how;
  }

  /** Syncs what is written and says so. */
  void sync() {
    disk.sync();
    if (toSync > 0) {
      long through = toSync;
      toSync = 0;
      give(new Input.Persisted(through));
    }
  }

  /** It is told that the process at a place has ended, as the one that its log names. */
  void tellEnded(MemberId id) {
    replica
        .flatMap(Stepped::base)
        .flatMap(base -> base.membership().at(id))
        .ifPresent(member -> give(new Input.Ended(member)));
  }

  void ask(long number, String what, Input input) {
    asked.put(number, what);
    give(input);
  }

  Content.Append append(String text) {
    return new Content.Append(
        epoch, version, version + 1, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  long epoch() {
    return epoch;
  }

  Stepped replica() {
    return replica.orElseThrow(() -> new IllegalStateException(name() + " is down"));
  }

  void give(Input input) {
    if (replica.isEmpty()) {
      return;
    }
    Output output = replica.get().step(input);
    disk.write(output.persist());
    output.send().forEach(outgoing -> wire.send(config.self(), outgoing));
    output.deliver().forEach(this::deliver);
    if (!output.persist().isEmpty()) {
      toSync = output.sequence();
      if (syncing == Syncing.AT_ONCE) {
        sync();
      }
    }
    for (Load load : output.load()) {
      List<Entry> entries = disk.entries(load.from(), load.through());
      give(new Input.Loaded(load, cut(entries, load.most())));
    }
  }

  private static List<Entry> cut(List<Entry> entries, int most) {
    List<Entry> taken = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.encode().size();
      if (!taken.isEmpty() && bytes > most) {
        break;
      }
      taken.add(entry);
    }
    return taken;
  }

  private void deliver(Delivery delivery) {
    if (delivery instanceof Delivery.Chosen it) {
      take(it.position(), it.entry(), it.effect() == Delivery.Effect.TAKEN);
      trace.accept(name() + " learns " + Render.chosen(it));
    } else if (delivery instanceof Delivery.Replay it) {
      log.clear();
      witness = Optional.of(it.footing().base().ensemble());
      epoch = it.footing().base().epoch();
      version = it.footing().base().version();
      Position at = it.footing().base().begin();
      trace.accept(name() + " replays from " + at + " through " + it.through());
      for (Entry entry : disk.entries(at, it.through())) {
        take(at, entry, true);
        at = at.next();
      }
    } else if (delivery instanceof Delivery.StartAnew it) {
      trace.accept(name() + " must start anew: " + it.cause());
      wipe();
      damage = Damage.lost(it.ensemble());
    } else {
      trace.accept(name() + " " + Render.delivery(delivery, asked));
      if (delivery instanceof Delivery.Acquired it) {
        epoch = it.epoch();
      }
    }
  }

  private void take(Position at, Entry entry, boolean taken) {
    log.put(at, entry);
    if (taken && entry.content() instanceof Content.Append it && it.follows() == version) {
      version = it.version();
    }
  }

  SortedMap<Position, Entry> log() {
    return log;
  }
}
