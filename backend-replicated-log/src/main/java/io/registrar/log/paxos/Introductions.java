package io.registrar.log.paxos;

import java.util.Optional;

/** Gossip: how each one stands, told to everybody now and then, and to whoever asks. */
final class Introductions {
  private final Node node;
  private final Founder founder;
  private final Learner learner;
  private long again;

  Introductions(Node node, Founder founder, Learner learner) {
    this.node = node;
    this.founder = founder;
    this.learner = learner;
  }

  /** Introduces itself to everybody when it is time. */
  void progress() {
    if (node.now() >= again) {
      boolean young = node.phase() == Phase.EMPTY || node.phase() == Phase.HOLDING;
      again = node.now() + (young ? node.timing().retry() : node.timing().status());
      Message status = status(Message.Status.Wish.ANSWER);
      node.peers().forEach(peer -> node.send(peer, status));
    }
  }

  void onStatus(Message.Status m, Envelope e) {
    if (node.ensemble().isPresent() && node.ensemble().equals(e.ensemble())) {
      learner.hint(e.from().id(), m.chosen());
    }
    if (m.wish() == Message.Status.Wish.ANSWER) {
      node.send(e.from(), status(Message.Status.Wish.NOTHING));
    }
  }

  private Message status(Message.Status.Wish wish) {
    Optional<Membership> membership =
        node.log.exists() ? Optional.of(node.log.membership()) : Optional.empty();
    return new Message.Status(node.phase(), founder.attempt(), node.log.chosen(), membership, wish);
  }
}
