package io.registrar.log.sim;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Envelope;
import io.registrar.log.paxos.EnvelopeCodec;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Message;
import io.registrar.log.paxos.Outgoing;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Request;
import io.registrar.log.sim.oracle.Oracle;
import io.registrar.log.sim.oracle.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One run: its processes, their network and disks, virtual time, and the oracle that watches. */
final class World {
  /** Virtual milliseconds a tick of a process whose clock is right. */
  static final long TICK_MILLIS = 20;

  /** The number of a process that is none of the ensemble's: a twin, a foreigner, one too many. */
  static final int STRANGER = 7;

  private final long seed;
  private final Settings settings;
  private final Fates fates;
  private final List<Decision> decisions;
  private final Schedule schedule;
  private final Network network;
  private final Trace trace;
  private final Tally tally = new Tally();
  private final Oracle oracle = new Oracle();
  // Counted here, because a process may be another's successor under the same number.
  private final long[] syncs = new long[Network.SPAN];
  private final List<Host> hosts = new ArrayList<>();
  private Optional<Host> stranger = Optional.empty();
  private Bytes lastSent = Bytes.EMPTY;
  private Fates.Traffic lastTraffic = Fates.Traffic.OTHER;
  private long requests;
  private int strangers;

  World(long seed, Settings settings, Fates fates, List<Decision> decisions, int keptLines) {
    this.seed = seed;
    this.settings = settings;
    this.fates = fates;
    this.decisions = decisions;
    this.schedule = new Schedule(seed);
    this.trace = new Trace(keptLines);
    this.network = new Network(seed, schedule, fates, tally, this::arrive, this::rise);
    for (int i = 0; i < settings.processes(); i++) {
      hosts.add(new Host(this, i, configOf(i), Chance.of(seed, "entropy " + i)));
    }
  }

  /** The flags of a process: they name the founders, everybody who votes by now, and itself. */
  ReplicaConfig configOf(int index) {
    SortedSet<MemberId> members = new TreeSet<>();
    for (int i = 0; i < settings.members(); i++) {
      members.add(new MemberId(i + 1));
    }
    oracle.ensembles().ours().stream()
        .flatMap(ensemble -> ensemble.votes().latestMembership().stream())
        .forEach(voter -> members.add(new MemberId(voter.member())));
    members.add(new MemberId(index + 1));
    return settings.configure(ReplicaConfig.of(new MemberId(index + 1), members));
  }

  /** Plays everything, to the end or to the first violation. */
  Result run() {
    Optional<Violation> violation = Optional.empty();
    try {
      if (!settings.has(FaultClass.CLOCK) && !settings.has(FaultClass.PAUSE)) {
        oracle.clocksAreRight();
      }
      hosts.forEach(Host::start);
      for (Decision decision : List.copyOf(decisions)) {
        if (decision instanceof Decision.At at) {
          schedule.at(at.time(), () -> act(at.action()));
        }
      }
      runUntil(settings.safetyMillis());
      new Recovery(this).run();
    } catch (Violation e) {
      violation = Optional.of(e);
    }
    return new Result(
        trace.events(),
        schedule.now(),
        tally,
        trace.hash(),
        violation,
        List.copyOf(decisions),
        trace.lastLines());
  }

  void runUntil(long time) {
    while (schedule.step(time)) {
      // Each step is one event, and every invariant is checked inside it.
      if (tally.messages() > 3_000_000) {
        throw new Violation("I18", "more than 3,000,000 messages in one run");
      }
    }
  }

  private void act(Action action) {
    trace.event(schedule.now(), 'a', action.node(), action.toString());
    if (new Faults(this).act(action)) {
      tally.count(
          action.verb().kind() == Verb.Kind.FAULT
              ? action.verb().name()
              : action.verb().kind().name());
    }
  }

  void send(Host from, Outgoing outgoing) {
    Bytes frame = outgoing.frame();
    if (frame != lastSent || trace.keepsText()) {
      // What goes to several peers in one step is one frame, and is looked at once.
      Envelope envelope = decode(frame);
      oracle.sent(from.index(), envelope);
      lastSent = frame;
      lastTraffic = trafficOf(envelope.message());
      if (trace.keepsText()) {
        trace.line(
            schedule.now(), from.index() + " sends " + outgoing.to() + " " + envelope.message());
      }
    }
    int to = outgoing.to().value() - 1;
    if (to < hosts.size() && hosts.get(to) != from) {
      network.send(from.index(), to, frame, lastTraffic);
    }
    stranger
        .filter(host -> host != from && host.id().equals(outgoing.to()))
        .ifPresent(host -> network.send(from.index(), STRANGER, frame, lastTraffic));
  }

  /** When it has said that it accepts; it is heard again at the latest when the world is healed. */
  private void rise(int process, long detail) {
    if (process < hosts.size()) {
      long begins = 6 + detail % 40;
      schedule.after(
          begins,
          () -> {
            if (schedule.now() < settings.safetyMillis()) {
              tally.count("rival");
              network.cutForAWhile(Partition.oneWay(process, settings.processes()), 100 + detail);
              host(process).act(new Action(Verb.ACQUIRE, process, 0));
            }
          });
    }
  }

  private static Fates.Traffic trafficOf(Message message) {
    if (message instanceof Message.Accept accept
        && accept.entry().content() instanceof Content.ChangeMembership) {
      return Fates.Traffic.MEMBERSHIP;
    }
    boolean vote =
        message instanceof Message.Prepare
            || message instanceof Message.Promise
            || message instanceof Message.Accept
            || message instanceof Message.Accepted;
    return vote ? Fates.Traffic.VOTE : Fates.Traffic.OTHER;
  }

  private static Envelope decode(Bytes frame) {
    try {
      return EnvelopeCodec.decode(frame);
    } catch (MalformedException e) {
      throw new Violation("I19", "a replica sends what cannot be read", e);
    }
  }

  private void arrive(int from, int to, Bytes frame) {
    tally.message();
    trace.event(schedule.now(), 'm', to, frame.toArray());
    Host sender = from == STRANGER ? stranger.orElseThrow() : hosts.get(from);
    Host receiver = to == STRANGER ? stranger.orElseThrow() : hosts.get(to);
    receiver.receive(sender.id(), frame);
  }

  void told(int host, Delivery delivery) {
    trace.event(schedule.now(), 'd', host, host + " is told " + delivery);
  }

  /** Runs code of the core: whatever it throws is a violation. */
  <T> T guard(int host, Supplier<T> core) {
    try {
      return core.get();
    } catch (Violation e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new Violation("I19", "process " + host + " throws " + e, e);
    }
  }

  /** Brings in a process that nobody counts on, in the place of an earlier one. */
  Host bringStranger(ReplicaConfig config) {
    stranger.ifPresent(host -> host.crash(0));
    oracle.forgets(STRANGER);
    network.replace(STRANGER);
    Host host =
        new Host(this, STRANGER, config, Chance.of(seed, "entropy of stranger " + ++strangers));
    stranger = Optional.of(host);
    return host;
  }

  /** Starts a process, unless another one has taken its number since. */
  void startIfThere(Host host) {
    if (everybody().contains(host)) {
      host.start();
    }
  }

  Host host(int index) {
    return hosts.get(index);
  }

  /** Which sync of this process, or of those before it under its number, the next one is. */
  long nextSync(int index) {
    return syncs[index]++;
  }

  List<Host> hosts() {
    return hosts;
  }

  /** The processes of the run, and the one that nobody counts on. */
  List<Host> everybody() {
    List<Host> all = new ArrayList<>(hosts);
    stranger.ifPresent(all::add);
    return all;
  }

  long seed() {
    return seed;
  }

  Settings settings() {
    return settings;
  }

  Fates fates() {
    return fates;
  }

  Network network() {
    return network;
  }

  Oracle oracle() {
    return oracle;
  }

  void tally(String what) {
    tally.count(what);
  }

  long now() {
    return schedule.now();
  }

  void after(long millis, Runnable what) {
    schedule.after(millis, what);
  }

  Request nextRequest() {
    return new Request(++requests);
  }
}
