package io.registrar.log.paxos;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a replica begins: with a new incarnation, or with what the store of the present one has kept.
 *
 * <ol>
 *   <li>A lost store means a new incarnation, and one that founds nothing. That is the first record
 *       of the new store: whatever prefix of the first batch survives a crash still says so.
 *   <li>Every start has a higher number than the one before, and a nonce; no message leaves before
 *       it is synced.
 * </ol>
 */
final class Beginning {
  private final Node node;
  private final Restored restored;
  private final Damage damage;

  private Beginning(Node node, Restored restored, Damage damage) {
    this.node = node;
    this.restored = restored;
    this.damage = damage;
  }

  static Beginning of(
      ReplicaConfig config, Iterable<DurableRecord> survived, Damage damage, RandomSource entropy) {
    boolean lost = damage.kind() == Damage.Kind.LOST;
    Restored restored = Restored.from(lost ? List.of() : survived);
    @Nullable Member known = restored.member;
    if (known != null && !known.id().equals(config.self())) {
      throw new IllegalArgumentException(
          "the store belongs to " + known.id() + ", not to " + config.self());
    }
    Member self =
        known != null ? known : new Member(config.self(), new Incarnation(entropy.nextLong()));
    Start start = new Start(restored.start.number() + 1, entropy.nextLong());
    return new Beginning(new Node(config, entropy, self, start), restored, damage);
  }

  Node node() {
    return node;
  }

  /** Hands what has survived to the roles. */
  void restore(Roles roles) {
    roles.acceptor.restore(restored.promised, restored.votesAfter);
    roles.founder.restore(
        restored.begun.isPresent() || restored.joined.isPresent()
            ? Optional.empty()
            : restored.held,
        restored.begun);
    node.sightings.restore(restored.sightings);
    restored.joined.flatMap(DurableRecord.Joined::ensemble).ifPresent(node::belongTo);
    roles.learner.restore(restored.staging);
    Ledger ledger = restored.ledger;
    if (ledger != null && restored.footing.isPresent()) {
      Footing footing = restored.footing.get();
      node.belongTo(footing.base().ensemble());
      node.log.standOn(footing, ledger, restored.chosen, restored.tag);
      node.log.restoreAccepted(restored.accepted());
      if (ledger.membership().voters().size() > 1) {
        roles.acceptor.lease().block(node.now());
      }
    }
    node.begins(roles.acceptor.promised());
    node.enter(phase());
  }

  private Phase phase() {
    if (restored.votesAfter.isPresent()) {
      return Phase.VOTING;
    }
    if (restored.joined.isPresent()) {
      return Phase.LEARNING;
    }
    return restored.held.isPresent() ? Phase.HOLDING : Phase.EMPTY;
  }

  /** The first step: writes the start. */
  void start(Roles roles) {
    if (restored.retired.isPresent()) {
      node.deliveries.addAtOnce(new Delivery.Stopped(restored.retired.get()));
      node.enter(Phase.STOPPED);
    } else if (!restored.isSound()) {
      node.startAnew(Delivery.StartAnew.Cause.DAMAGED);
    } else {
      boolean lost = damage.kind() == Damage.Kind.LOST;
      if (lost) {
        rememberTheLoss();
      }
      node.journal.write(new DurableRecord.Started(node.self, node.start()));
      if (lost && node.config.members().size() == 1) {
        node.stop(StopReason.LOST_ALONE);
      }
    }
  }

  private void rememberTheLoss() {
    damage.ensemble().ifPresent(node::belongTo);
    node.journal.write(new DurableRecord.Joined(damage.ensemble()));
    node.enter(Phase.LEARNING);
  }
}
