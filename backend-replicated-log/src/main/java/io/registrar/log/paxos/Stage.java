package io.registrar.log.paxos;

import java.util.Optional;

/** What a coordinator is at. Each stage handles the answers that it waits for, and no others. */
abstract class Stage {
  /** Goes on as far as it can. */
  abstract Stage progress();

  /** The ballot under which it asks, if it does. */
  Optional<Ballot> ballot() {
    return Optional.empty();
  }

  void onPromise(Message.Promise m, Envelope e) {}

  void onAccepted(Message.Accepted m, Envelope e) {}

  void onLeased(Message.Abstained m) {}

  /** A member that is named does not vote yet. */
  void onLearner(Message.Abstained m) {}

  void onFollowing(Message.Following m, Envelope e) {}

  void onCanvassed(Message.Canvassed m, Envelope e) {}

  /** Any message: the sender's process goes on. */
  void heard(Envelope e) {}
}
