package io.registrar.log.paxos;

import java.util.Optional;

/** Which input goes to which role. */
final class Inbox {
  private final Roles roles;
  private final Node node;

  Inbox(Roles roles) {
    this.roles = roles;
    this.node = roles.node;
  }

  void take(Input input) {
    if (input instanceof Input.Tick) {
      node.tick();
      if (node.journal.isBatchEmpty()) {
        node.log.writeChosen();
      }
    } else if (input instanceof Input.Received it) {
      roles.door.receive(it.from(), it.frame());
    } else if (input instanceof Input.Ended it) {
      roles.acceptor.lease().ended(it.member());
    } else if (input instanceof Input.Loaded it) {
      roles.feeder.onLoaded(it);
    } else if (input instanceof Input.Damaged) {
      node.startAnew(Delivery.StartAnew.Cause.DAMAGED);
    } else {
      takeRequest(input);
    }
  }

  /** Takes what a caller asks for; anything else is ignored. */
  void takeRequest(Input input) {
    if (input instanceof Input.Acquire it) {
      wish(it.request(), new AcquireWish(it), it.owner().size(), Content.LONGEST_OWNER);
    } else if (input instanceof Input.Propose it) {
      WireWriter size = new WireWriter();
      it.content().write(size);
      int limit = node.config.bounds().entryBytes();
      wish(it.request(), new ProposeWish(it), size.finish().size(), limit);
    } else if (input instanceof Input.Reconfigure it) {
      roles.agenda.add(
          new MembershipWish(
              Optional.of(it.request()), step(it.change()), roles.coordinator::isNew));
    } else if (input instanceof Input.Confirm it) {
      roles.agenda.add(it);
    } else if (input instanceof Input.Read it) {
      roles.reads.read(it.request());
    } else if (input instanceof Input.Campaign it) {
      roles.agenda.campaign(it.request());
    } else if (input instanceof Input.Resign) {
      roles.coordinator.resign();
    } else if (input instanceof Input.Withdraw it) {
      roles.agenda.withdraw(it.request());
      roles.reads.withdraw(it.request());
    }
  }

  private void wish(Request request, Wish wish, int size, int limit) {
    if (size <= limit) {
      roles.agenda.add(wish);
    } else {
      node.refuse(request, Settlement.Reason.TOO_LARGE);
    }
  }

  /** A removal that leaves a membership without a quorum that is there could not be taken back. */
  private boolean couldGoOn(Membership next) {
    return roles.coordinator.leading().filter(leading -> leading.reaches(next)).isPresent();
  }

  private MembershipWish.Step step(Input.Change change) {
    if (change instanceof Input.Change.Add add) {
      return (now, position) ->
          roles.coordinator.isSettled()
              ? roles.admissions.add(add.member(), now, position)
              : Optional.empty();
    }
    MemberId leaves = ((Input.Change.Remove) change).member();
    return (now, position) ->
        roles.coordinator.isSettled() && now.voters().size() > 1 && now.at(leaves).isPresent()
            ? Optional.of(now.without(leaves, position)).filter(this::couldGoOn)
            : Optional.empty();
  }
}
