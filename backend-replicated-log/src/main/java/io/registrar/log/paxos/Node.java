package io.registrar.log.paxos;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What all roles of a replica share: who it is, its log, and the ways out. */
final class Node implements Mail.EnvelopeMaker {
  final ReplicaConfig config;
  final RandomSource entropy;
  final Member self;
  private Start start;
  final Journal journal = new Journal();
  final Held<Delivery> deliveries = new Held<>(journal);
  final Mail mail;
  final Log log = new Log(journal, deliveries);
  final Sightings sightings = new Sightings();
  private final SortedSet<MemberId> visitors = new TreeSet<>();
  private Phase phase = Phase.EMPTY;
  private Optional<EnsembleId> ensemble = Optional.empty();
  private Vitals syncedVitals = Vitals.NONE;
  private long now;
  private long numbered;

  Node(ReplicaConfig config, RandomSource entropy, Member self, Start start) {
    this.config = config;
    this.entropy = entropy;
    this.self = self;
    this.start = start;
    this.mail = new Mail(config, journal);
  }

  long now() {
    return now;
  }

  void tick() {
    now++;
  }

  Timing timing() {
    return config.timing();
  }

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
  }

  Optional<EnsembleId> ensemble() {
    return ensemble;
  }

  void belongTo(EnsembleId id) {
    ensemble = Optional.of(id);
  }

  Start start() {
    return start;
  }

  /** Notes how far this replica had come before this start. */
  void begins(Ballot promised) {
    start = start.from(promised, log.end());
  }

  /** A tag that no entry has had. */
  ProposalTag newTag() {
    return new ProposalTag(start.nonce(), ++numbered);
  }

  void send(MemberId to, Message message) {
    mail.send(to, message);
  }

  void send(Member to, Message message) {
    mail.send(to.id(), message);
  }

  void notice(Delivery.Notice notice, MemberId about) {
    deliveries.addAtOnce(new Delivery.Noticed(notice, about));
  }

  void settle(Request request, Settlement settlement) {
    deliveries.addAtOnce(new Delivery.Settled(request, settlement));
  }

  void refuse(Request request, Settlement.Reason reason) {
    settle(request, new Settlement.Refused(reason));
  }

  /** Ends this replica for good. */
  void stop(StopReason reason) {
    if (phase != Phase.STOPPED) {
      journal.write(new DurableRecord.Retired(reason));
      deliveries.add(new Delivery.Stopped(reason));
      quit();
    }
  }

  /** Ends this process: its disk must be set aside. */
  void startAnew(Delivery.StartAnew.Cause cause) {
    if (phase != Phase.STOPPED) {
      deliveries.addAtOnce(new Delivery.StartAnew(cause, ensemble));
      quit();
    }
  }

  private void quit() {
    enter(Phase.STOPPED);
    mail.clear();
  }

  /** A learner that is not a member, but wants to be told how things stand. */
  void welcome(MemberId visitor) {
    if (visitors.size() < Membership.MOST) {
      visitors.add(visitor);
    }
  }

  /** Everybody that this replica knows of, but itself. */
  SortedSet<MemberId> peers() {
    SortedSet<MemberId> peers = new TreeSet<>(config.members());
    peers.addAll(visitors);
    if (log.exists()) {
      peers.addAll(log.membership().voters().keySet());
    }
    peers.remove(config.self());
    return peers;
  }

  void synced(Vitals vitals) {
    syncedVitals = vitals;
  }

  @Override
  public Envelope wrap(Message message) {
    return new Envelope(
        config.version(), ensemble, self, syncedVitals, sightings.toPassOn(log), message);
  }
}
