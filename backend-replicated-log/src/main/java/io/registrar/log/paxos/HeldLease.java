package io.registrar.log.paxos;

/**
 * The lease that this replica holds, while it campaigns: an election's result, never a fence.
 *
 * <ol>
 *   <li>It is counted from when the heartbeat was sent that a quorum answered; the members that
 *       granted it count longer, from when they received it.
 * </ol>
 */
final class HeldLease {
  private final Node node;
  private final Agenda agenda;
  private long until;
  private boolean told;

  HeldLease(Node node, Agenda agenda) {
    this.node = node;
    this.agenda = agenda;
  }

  /** A quorum has granted it until a moment. */
  void granted(Ballot ballot, long newUntil) {
    until = Math.max(until, newUntil);
    if (!told && node.now() < until) {
      agenda
          .campaign()
          .ifPresent(
              request -> {
                told = true;
                node.deliveries.addAtOnce(new Delivery.Elected(request, ballot));
              });
    }
  }

  /** Ends it when it has run out. */
  void progress() {
    if (told && node.now() >= until) {
      end();
    }
  }

  void end() {
    until = 0;
    if (told) {
      told = false;
      agenda
          .campaign()
          .ifPresent(request -> node.deliveries.addAtOnce(new Delivery.LeaseEnded(request)));
      agenda.endCampaign();
    }
  }
}
