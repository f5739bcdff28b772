package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads that hold everything chosen before they were asked for; any replica with a log may ask. A
 * round asks the voters of the next position how far they have accepted: what was chosen at that
 * position or beyond, a quorum of them has accepted.
 *
 * <ol>
 *   <li>A read ends at a position that a quorum's answers to a round begun after it bound from
 *       above, once everything through it has been learned and delivered.
 *   <li>If a membership is learned on the way there, positions beyond may have other voters:
 *       another round is asked.
 *   <li>It fences nobody. If the last position stays open because no coordinator is there, this
 *       replica gets it decided, without an epoch.
 * </ol>
 */
final class Reads {
  private static final int MOST_ROUNDS = 8;

  private final Node node;
  private final Agenda agenda;
  private final Learner learner;
  private final List<Request> waiting = new ArrayList<>();
  private Optional<Round> round = Optional.empty();
  private long numbered;

  /** One question to the voters of a position, on behalf of those who waited when it began. */
  private static final class Round {
    final long number;
    final Position position;
    final Membership membership;
    final Tally tally;
    final List<Request> asking;
    final long begun;
    Position end;
    long again;

    Round(long number, Node node, List<Request> asking) {
      this.number = number;
      this.position = node.log.next();
      this.membership = node.log.membership();
      this.tally = new Tally(membership, node.sightings);
      this.asking = List.copyOf(asking);
      this.begun = node.now();
      this.end = node.log.chosen();
      this.again = node.now();
    }
  }

  Reads(Node node, Agenda agenda, Learner learner) {
    this.node = node;
    this.agenda = agenda;
    this.learner = learner;
    // Late answers to an earlier start must not be taken for answers to this one.
    this.numbered = node.entropy.nextLong() >>> 2;
  }

  void read(Request request) {
    if (waiting.size() >= node.config.bounds().pending()) {
      node.refuse(request, Settlement.Reason.BUSY);
    } else {
      waiting.add(request);
    }
  }

  void withdraw(Request request) {
    if (waiting.remove(request)) {
      node.refuse(request, Settlement.Reason.WITHDRAWN);
    }
  }

  void refuseAll(Settlement.Reason reason) {
    waiting.forEach(request -> node.refuse(request, reason));
    waiting.clear();
    round = Optional.empty();
  }

  void onEndIs(Message.EndIs m, Envelope e) {
    round
        .filter(open -> open.number == m.round() && open.position.equals(m.position()))
        .ifPresent(
            open -> {
              open.tally.count(e);
              if (open.membership.names(e.from())) {
                open.end = Position.max(open.end, m.end());
                learner.hint(e.from().id(), m.end());
              }
            });
  }

  void heard(Envelope e) {
    round.ifPresent(open -> open.tally.refresh(e));
  }

  void progress() {
    if (!node.log.exists()) {
      return;
    }
    for (int i = 0; i < MOST_ROUNDS && step(); i++) {
      // Each step ends a round or begins one.
    }
  }

  private boolean step() {
    if (round.isEmpty()) {
      if (waiting.isEmpty()) {
        return false;
      }
      round = Optional.of(new Round(++numbered, node, waiting));
    }
    Round open = round.orElseThrow();
    if (!open.tally.complete()) {
      ask(open);
      return false;
    }
    if (open.end.isAfter(node.log.chosen())) {
      pursue(open);
      return false;
    }
    round = Optional.empty();
    if (node.log.membership().equals(open.membership)) {
      finish(open);
    }
    return true;
  }

  private void ask(Round open) {
    if (node.now() >= open.again) {
      open.again = node.now() + node.timing().retry();
      Message question = new Message.AskEnd(open.number, open.position);
      open.tally.missing().forEach(member -> node.send(member, question));
    }
  }

  /** Waits for what is accepted to be learned; gets it decided, or asks again, if that lasts. */
  private void pursue(Round open) {
    long patience = node.timing().lease() + (long) node.timing().grace();
    if (node.now() - open.begun >= patience) {
      if (node.phase() == Phase.VOTING) {
        agenda.resolve(open.end);
      }
      round = Optional.empty();
    }
  }

  private void finish(Round open) {
    for (Request request : open.asking) {
      if (waiting.remove(request)) {
        node.deliveries.addAtOnce(new Delivery.Readable(request, node.log.chosen()));
      }
    }
  }
}
