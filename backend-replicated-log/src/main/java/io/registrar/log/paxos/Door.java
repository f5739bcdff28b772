package io.registrar.log.paxos;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where messages come in. What is let in is well-formed, from who it says, and of this ensemble.
 *
 * <ol>
 *   <li>No bytes make it throw, and nothing that is not let in changes anything.
 *   <li>Every message tells what its sender has come to, and what it has seen of others. Who shows
 *       less than has been seen of it is told; this replica, shown to itself so, starts anew.
 * </ol>
 */
final class Door {
  private static final int MOST_TOLD = 1024;

  private final Node node;
  private final Roles roles;
  private final Map<MemberId, Long> told = new TreeMap<>();

  Door(Node node, Roles roles) {
    this.node = node;
    this.roles = roles;
  }

  void receive(MemberId from, Bytes frame) {
    Envelope envelope;
    try {
      envelope = EnvelopeCodec.decode(frame, node.config.version());
    } catch (MalformedException notOurs) {
      node.notice(Delivery.Notice.MALFORMED, from);
      return;
    }
    if (!envelope.from().id().equals(from) || from.equals(node.self.id())) {
      node.notice(Delivery.Notice.IMPOSTOR, from);
    } else if (isForeign(envelope)) {
      roles.onForeign(envelope);
    } else {
      node.mail.heard(envelope);
      admit(envelope);
    }
  }

  private boolean isForeign(Envelope envelope) {
    return node.ensemble().isPresent()
        && envelope.ensemble().isPresent()
        && !node.ensemble().equals(envelope.ensemble());
  }

  private void admit(Envelope envelope) {
    boolean ours = node.ensemble().isPresent() && node.ensemble().equals(envelope.ensemble());
    Message message = envelope.message();
    if (ours) {
      look(envelope);
    } else if (!(message instanceof Message.Standing)
        && !(message instanceof Message.Initialising)) {
      return;
    }
    if (node.phase() != Phase.STOPPED) {
      roles.heard(envelope);
      message.dispatch(roles, envelope);
    }
  }

  private void look(Envelope envelope) {
    for (Sighting sighting : envelope.sightings()) {
      if (sighting.of().equals(node.self)) {
        lookAtSelf(sighting);
      } else {
        node.sightings.merge(sighting);
      }
    }
    Member from = envelope.from();
    Vitals seen = node.sightings.of(from);
    if (envelope.vitals().lack(seen)) {
      tell(from, seen);
    }
    node.sightings.merge(new Sighting(from, envelope.vitals()));
  }

  /** Late messages look the same: the one that is told knows whether it is true. */
  private void tell(Member from, Vitals seen) {
    Long last = told.get(from.id());
    boolean due = last == null ? told.size() < MOST_TOLD : node.now() >= last;
    if (due) {
      told.put(from.id(), node.now() + node.timing().retry());
      node.send(from, new Message.SetBack(new Sighting(from, seen)));
    }
  }

  /** What others have seen of this incarnation. */
  void lookAtSelf(Sighting sighting) {
    if (sighting.of().equals(node.self) && roles.vitals().lack(sighting.vitals())) {
      node.startAnew(Delivery.StartAnew.Cause.SET_BACK);
    }
  }
}
