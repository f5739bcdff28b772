package io.registrar.log.replica;

import io.registrar.log.disk.RecordStore;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Ledger;
import io.registrar.log.paxos.Load;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.Output;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.Replica;
import io.registrar.log.paxos.StopReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica with its store: takes an input, and does what the output asks for, in the order that
 * {@link Output} lays down. Driven by one thread at a time, but for {@link #read}.
 */
final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final int REPLAY_BYTES = 1 << 20;

  private final ReplicaSetup setup;
  private final LogFollower follower;
  private final Answers answers;
  private final RecordStore store;
  private final NoticeLog notices = new NoticeLog();
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private Replica replica;
  private Optional<StopReason> stopped = Optional.empty();
  private long sequence;
  private long synced;
  private volatile Duration lastSync = Duration.ZERO;
  private volatile long recoveries;
  private volatile long damages;
  private volatile long elections;
  private volatile PeerFigures peerFigures = PeerFigures.NONE;

  private Engine(ReplicaSetup setup, LogFollower follower, Answers answers, Replica replica) {
    this.setup = setup;
    this.follower = follower;
    this.answers = answers;
    this.store = setup.store();
    this.replica = replica;
  }

  /**
   * Restores the replica from its store.
   *
   * @throws IOException a damaged store cannot be set aside
   */
  static Engine open(ReplicaSetup setup, LogFollower follower, Answers answers) throws IOException {
    RecordStore store = setup.store();
    Damage damage = store.damage();
    long found = 0;
    long recovered = 0;
    if (damage.kind() == Damage.Kind.LOST) {
      found = Math.max(1, store.damagedPlaces().size());
      recovered = 1;
      LOG.warn("the log here is damaged or lost; what is left of it is set aside");
      store.setAside();
      damage = Damage.lost(damage.ensemble().or(() -> setup.memory().ensemble()));
    } else if (!store.survived().iterator().hasNext()) {
      damage = setup.memory().meaningOfEmpty();
    }
    Replica replica = Replica.restore(setup.config(), store.survived(), damage, setup.entropy());
    Engine engine = new Engine(setup, follower, answers, replica);
    engine.recoveries = recovered;
    engine.damages = found;
    return engine;
  }

  void step(Input input) throws IOException {
    take(replica.step(input));
  }

  boolean hasToSync() {
    return sequence > synced;
  }

  /** Makes durable all that was written, and tells the replica, which may have more to write. */
  void sync() throws IOException {
    long through = sequence;
    long began = System.nanoTime();
    store.sync();
    lastSync = Duration.ofNanos(System.nanoTime() - began);
    synced = through;
    step(new Input.Persisted(through));
    deliverWaiting();
  }

  /** How long the last sync took. */
  Duration lastSync() {
    return lastSync;
  }

  /** How often the store was set aside since the start, or at it. */
  long recoveries() {
    return recoveries;
  }

  /** How many records were found damaged, at the start or by a read; a lost log counts as one. */
  long damages() {
    return damages;
  }

  /** How often the lease was won here. */
  long elections() {
    return elections;
  }

  /** How the others stood when {@link #look} was last called. */
  PeerFigures peerFigures() {
    return peerFigures;
  }

  /** Looks how the others stand. */
  void look() {
    peerFigures = PeerFigures.of(replica);
  }

  ReplicaStatus status() {
    return ReplicaStatus.of(replica, stopped);
  }

  /** How far each member and learner has come, as last seen here. */
  Map<Member, Position> peers() {
    Map<Member, Position> peers = new TreeMap<>(replica.learners());
    replica.sightings().forEach(seen -> peers.put(seen.of(), seen.vitals().end()));
    peers.put(replica.member(), replica.chosen());
    return peers;
  }

  /** Chosen entries, as {@link RecordStore#read}; any thread may ask. */
  List<Entry> read(Position from, Position through, int most) throws IOException {
    return store.read(from, through, most);
  }

  void close() throws IOException {
    store.close();
  }

  private void take(Output output) throws IOException {
    output.send().forEach(outgoing -> setup.network().send(outgoing.to(), outgoing.frame()));
    if (!output.persist().isEmpty()) {
      store.append(output.persist(), replica::checkpoint);
      sequence = output.sequence();
    }
    waiting.addAll(output.deliver());
    if (!mayWait(output)) {
      deliverWaiting();
    }
    for (Load load : output.load()) {
      load(load);
    }
  }

  /**
   * At once, on this thread: it is bounded to one message's worth, which the cache mostly holds.
   */
  private void load(Load load) throws IOException {
    List<Entry> entries;
    try {
      entries = store.read(load.from(), load.through(), load.most());
    } catch (IOException e) {
      damaged(e);
      return;
    }
    step(new Input.Loaded(load, entries));
  }

  private void damaged(IOException found) throws IOException {
    LOG.warn("the log's store has lost or altered an entry", found);
    damages++;
    step(new Input.Damaged());
  }

  /**
   * Whoever coordinates waits for this replica's vote, and the vote for the sync: what is chosen
   * can be taken up after it.
   */
  private boolean mayWait(Output output) {
    return hasToSync()
        && !replica.coordinates()
        && output.deliver().stream().allMatch(Delivery.Chosen.class::isInstance);
  }

  private void deliverWaiting() throws IOException {
    for (Delivery next = waiting.poll(); next != null; next = waiting.poll()) {
      deliver(next);
    }
  }

  private void deliver(Delivery delivery) throws IOException {
    if (delivery instanceof Delivery.Chosen it) {
      follower.chosen(it.position(), it.entry(), it.effect());
    } else if (delivery instanceof Delivery.Replay it) {
      replay(it);
    } else if (delivery instanceof Delivery.Truncated it) {
      store.truncate(it.footing());
    } else if (delivery instanceof Delivery.StartAnew it) {
      startAnew(it);
    } else {
      if (delivery instanceof Delivery.Stopped it) {
        stopped = Optional.of(it.reason());
      } else if (delivery instanceof Delivery.Noticed it) {
        notices.tell(it);
      } else if (delivery instanceof Delivery.Elected) {
        elections++;
      }
      follower.told(delivery);
      answer(delivery);
    }
  }

  private void answer(Delivery delivery) {
    Optional<Answer> waiting = Optional.empty();
    if (delivery instanceof Delivery.Settled it) {
      waiting = answers.take(it.request());
    } else if (delivery instanceof Delivery.Acquired it) {
      waiting = answers.take(it.request());
    } else if (delivery instanceof Delivery.Confirmed it) {
      waiting = answers.take(it.request());
    } else if (delivery instanceof Delivery.Readable it) {
      waiting = answers.take(it.request());
    } else if (delivery instanceof Delivery.Elected it) {
      waiting = answers.take(it.request());
    }
    waiting.ifPresent(answer -> answer.complete(delivery));
  }

  private void replay(Delivery.Replay replay) throws IOException {
    LogBase base = replay.footing().base();
    Ledger ledger = new Ledger(base);
    follower.standsOn(replay.footing());
    Position at = base.begin();
    while (!at.isAfter(replay.through())) {
      List<Entry> entries;
      try {
        entries = store.read(at, replay.through(), REPLAY_BYTES);
      } catch (IOException e) {
        damaged(e);
        return;
      }
      for (Entry entry : entries) {
        follower.chosen(at, entry, ledger.apply(at, entry.content()));
        at = at.next();
      }
    }
  }

  private void startAnew(Delivery.StartAnew anew) throws IOException {
    LOG.warn(
        "the log's store is set aside ({}); its entries are fetched from the other members",
        anew.cause());
    recoveries++;
    Optional<EnsembleId> ensemble = anew.ensemble().or(() -> setup.memory().ensemble());
    store.setAside();
    replica =
        Replica.restore(setup.config(), store.survived(), Damage.lost(ensemble), setup.entropy());
    sequence = 0;
    synced = 0;
    step(new Input.Start());
  }
}
