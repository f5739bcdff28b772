package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;

/** The roles of a replica, and which message goes to which. */
final class Roles implements Message.Handler {
  final Node node;
  final Acceptor acceptor;
  final Learner learner;
  final Feeder feeder;
  final Founder founder;
  final Newcomer newcomer;
  final Introductions introductions;
  final Agenda agenda;
  final Coordinator coordinator;
  final Admissions admissions;
  final Claims claims;
  final Reads reads;
  final Door door;

  Roles(Node node) {
    this.node = node;
    this.acceptor = new Acceptor(node);
    this.learner = new Learner(node);
    this.feeder = new Feeder(node);
    this.founder = new Founder(node, acceptor);
    this.newcomer = new Newcomer(node, acceptor, founder);
    this.introductions = new Introductions(node, founder, learner);
    this.agenda = new Agenda(node);
    this.coordinator = new Coordinator(node, agenda, acceptor, learner);
    this.admissions = new Admissions(node, coordinator);
    this.claims = new Claims(node, acceptor);
    this.reads = new Reads(node, agenda, learner);
    this.door = new Door(node, this);
  }

  /** What this replica has come to, synced or not. */
  Vitals vitals() {
    return new Vitals(node.start(), acceptor.promised(), node.log.end());
  }

  /** Every role goes on as far as it can. */
  void progress() {
    introductions.progress();
    founder.progress();
    learner.progress();
    newcomer.progress();
    coordinator.progress();
    admissions.progress();
    claims.progress();
    coordinator.progress();
    reads.progress();
    feeder.progress();
    if (node.log.exists()) {
      node.sightings.forgetBut(node.log.membership());
    }
  }

  void heard(Envelope envelope) {
    coordinator.heard(envelope);
    reads.heard(envelope);
    claims.heard(envelope);
  }

  void onForeign(Envelope envelope) {
    newcomer.onForeign(envelope.message(), envelope);
  }

  /** Ends every request: this replica takes no part any more. */
  void end() {
    agenda.refuseAll(Settlement.Reason.STOPPED);
    reads.refuseAll(Settlement.Reason.STOPPED);
    coordinator.lease().end();
  }

  /** Records that stand for all but the entries. */
  List<DurableRecord> checkpoint() {
    List<DurableRecord> records = new ArrayList<>();
    records.add(new DurableRecord.Started(node.self, node.start()));
    founder.begun().ifPresent(it -> records.add(new DurableRecord.Begun(it)));
    founder.held().ifPresent(it -> records.add(new DurableRecord.Held(it)));
    if (node.phase() == Phase.LEARNING) {
      records.add(new DurableRecord.Joined(node.ensemble()));
    }
    records.add(new DurableRecord.Promised(acceptor.promised()));
    if (node.log.exists()) {
      records.add(new DurableRecord.Truncated(node.log.footing()));
      records.add(new DurableRecord.ChosenThrough(node.log.chosen()));
    }
    acceptor
        .votesAfter()
        .ifPresent(it -> records.add(new DurableRecord.VotesAfter(it, acceptor.promised())));
    learner.staged().ifPresent(it -> records.add(new DurableRecord.Staging(it)));
    records.add(new DurableRecord.Seen(node.sightings.all()));
    return records;
  }

  @Override
  public void onPrepare(Message.Prepare m, Envelope e) {
    acceptor.onPrepare(m, e);
  }

  @Override
  public void onPromise(Message.Promise m, Envelope e) {
    coordinator.onPromise(m, e);
  }

  @Override
  public void onAccept(Message.Accept m, Envelope e) {
    learner.hint(e.from().id(), m.position().previous());
    acceptor.onAccept(m, e);
  }

  @Override
  public void onAccepted(Message.Accepted m, Envelope e) {
    coordinator.onAccepted(m, e);
  }

  @Override
  public void onRejected(Message.Rejected m, Envelope e) {
    coordinator.onRejected(m, e);
  }

  @Override
  public void onAbstained(Message.Abstained m, Envelope e) {
    coordinator.onAbstained(m, e);
  }

  @Override
  public void onHeartbeat(Message.Heartbeat m, Envelope e) {
    learner.onHeartbeat(m, e);
    acceptor.onHeartbeat(m, e);
  }

  @Override
  public void onFollowing(Message.Following m, Envelope e) {
    coordinator.onFollowing(m, e);
  }

  @Override
  public void onCanvass(Message.Canvass m, Envelope e) {
    learner.hint(e.from().id(), m.chosen());
    acceptor.onCanvass(m, e);
  }

  @Override
  public void onCanvassed(Message.Canvassed m, Envelope e) {
    coordinator.onCanvassed(m, e);
  }

  @Override
  public void onResigned(Message.Resigned m, Envelope e) {
    acceptor.onResigned(m, e);
  }

  @Override
  public void onFetch(Message.Fetch m, Envelope e) {
    feeder.onFetch(m, e);
  }

  @Override
  public void onEntries(Message.Entries m, Envelope e) {
    learner.onEntries(m, e);
  }

  @Override
  public void onStandsOn(Message.StandsOn m, Envelope e) {
    learner.onStandsOn(m, e);
  }

  @Override
  public void onAskEnd(Message.AskEnd m, Envelope e) {
    coordinator.leading().ifPresent(Leading::announce);
    acceptor.onAskEnd(m, e);
  }

  @Override
  public void onEndIs(Message.EndIs m, Envelope e) {
    reads.onEndIs(m, e);
    claims.onEndIs(m, e);
  }

  @Override
  public void onFound(Message.Found m, Envelope e) {
    founder.onFound(m, e);
  }

  @Override
  public void onHolding(Message.Holding m, Envelope e) {
    founder.onHolding(m, e);
  }

  @Override
  public void onBegin(Message.Begin m, Envelope e) {
    founder.onBegin(m, e);
  }

  @Override
  public void onStatus(Message.Status m, Envelope e) {
    founder.onStatus(m, e);
    newcomer.onStatus(m, e);
    admissions.onStatus(m, e);
    claims.onStatus(m, e);
    introductions.onStatus(m, e);
  }

  @Override
  public void onAskPromise(Message.AskPromise m, Envelope e) {
    acceptor.onAskPromise(m, e);
  }

  @Override
  public void onPromiseIs(Message.PromiseIs m, Envelope e) {
    newcomer.onPromiseIs(m, e);
  }

  @Override
  public void onSetBack(Message.SetBack m, Envelope e) {
    if (node.ensemble().isPresent() && node.ensemble().equals(e.ensemble())) {
      door.lookAtSelf(m.seen());
    }
  }

  @Override
  public void onNotAdmitted(Message.NotAdmitted m, Envelope e) {
    newcomer.onNotAdmitted(m, e);
  }
}
