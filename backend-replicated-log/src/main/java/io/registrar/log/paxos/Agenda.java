package io.registrar.log.paxos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What this replica's application and operators wait for, and what only a coordinator can do.
 *
 * <ol>
 *   <li>At most {@link Bounds#pending} requests wait; one more is refused.
 *   <li>Wishes are proposed in the order in which they came.
 * </ol>
 */
final class Agenda {
  private final Node node;
  private final Deque<Wish> wishes = new ArrayDeque<>();
  private final List<Input.Confirm> confirmations = new ArrayList<>();
  private Optional<Request> campaign = Optional.empty();
  private Optional<Position> toResolve = Optional.empty();

  Agenda(Node node) {
    this.node = node;
  }

  void add(Wish wish) {
    if (isFull()) {
      wish.refuse(Settlement.Reason.BUSY, node);
    } else {
      wishes.add(wish);
    }
  }

  void add(Input.Confirm confirm) {
    if (isFull()) {
      node.refuse(confirm.request(), Settlement.Reason.BUSY);
    } else {
      confirmations.add(confirm);
    }
  }

  void campaign(Request request) {
    if (campaign.isPresent()) {
      node.refuse(request, Settlement.Reason.BUSY);
    } else {
      campaign = Optional.of(request);
    }
  }

  Optional<Request> campaign() {
    return campaign;
  }

  void endCampaign() {
    campaign = Optional.empty();
  }

  /** A position that somebody must get chosen, because a read hangs on it. */
  void resolve(Position position) {
    toResolve = Optional.of(position);
  }

  boolean isFull() {
    return wishes.size() + confirmations.size() >= node.config.bounds().pending();
  }

  /** Whether a membership is already to be changed. */
  boolean changesMembership() {
    return wishes.stream().anyMatch(MembershipWish.class::isInstance);
  }

  /** How a coordinator is wanted, if one is. */
  Optional<Message.Haste> wanted() {
    if (!wishes.isEmpty() || !confirmations.isEmpty() || toResolve.isPresent()) {
      return Optional.of(Message.Haste.AT_ONCE);
    }
    return campaign.map(waiting -> Message.Haste.AFTER_LEASE);
  }

  /** The first wish that is in flight nowhere. */
  Optional<Wish> next() {
    for (Wish wish : wishes) {
      if (!wish.isInFlight()) {
        return Optional.of(wish);
      }
    }
    return Optional.empty();
  }

  /** The entry that this replica proposed at a position under an earlier ballot. */
  Optional<Entry> inFlightAt(Position position) {
    for (Wish wish : wishes) {
      Optional<Entry> proposed = wish.inFlightAt(position);
      if (proposed.isPresent()) {
        return proposed;
      }
    }
    return Optional.empty();
  }

  Optional<Position> toResolve() {
    return toResolve;
  }

  void drop(Wish wish) {
    wishes.remove(wish);
  }

  List<Input.Confirm> confirmations() {
    return List.copyOf(confirmations);
  }

  void drop(Input.Confirm confirm) {
    confirmations.remove(confirm);
  }

  /** Ends what the log has decided. */
  void observe(List<Delivery.Chosen> learned) {
    for (Delivery.Chosen chosen : learned) {
      for (Wish wish : List.copyOf(wishes)) {
        if (wish.observe(chosen)) {
          wishes.remove(wish);
          wish.chosen(chosen, node);
        }
      }
    }
    if (node.log.exists()) {
      sweep();
    }
  }

  private void sweep() {
    Ledger ledger = node.log.ledger();
    for (Iterator<Wish> all = wishes.iterator(); all.hasNext(); ) {
      Wish wish = all.next();
      if (wish.isLostBefore(node.log.next())) {
        all.remove();
        wish.unknown(node);
      } else if (!wish.isInFlight() && wish.isAbandoned()) {
        all.remove();
        wish.refuse(Settlement.Reason.WITHDRAWN, node);
      } else if (!wish.isInFlight() && wish.obsolete(ledger).isPresent()) {
        all.remove();
        wish.refuse(wish.obsolete(ledger).orElseThrow(), node);
      }
    }
    for (Input.Confirm confirm : confirmations()) {
      if (ledger.epoch() > confirm.epoch()) {
        drop(confirm);
        node.refuse(confirm.request(), Settlement.Reason.FENCED);
      }
    }
    toResolve = toResolve.filter(position -> position.isAfter(node.log.chosen()));
  }

  /** Refuses one that was not proposed; one that was is not proposed anew. */
  void withdraw(Request request) {
    for (Wish wish : List.copyOf(wishes)) {
      boolean asked = wish.request().filter(request::equals).isPresent();
      if (asked && wish.isInFlight()) {
        wish.abandon();
      } else if (asked) {
        drop(wish);
        wish.refuse(Settlement.Reason.WITHDRAWN, node);
      }
    }
    for (Input.Confirm confirm : confirmations()) {
      if (confirm.request().equals(request)) {
        drop(confirm);
        node.refuse(request, Settlement.Reason.WITHDRAWN);
      }
    }
  }

  /** Ends all, because this replica takes no part any more, or does not vote. */
  void refuseAll(Settlement.Reason reason) {
    for (Wish wish : List.copyOf(wishes)) {
      if (!wish.isInFlight()) {
        drop(wish);
        wish.refuse(reason, node);
      } else if (reason == Settlement.Reason.STOPPED) {
        drop(wish);
        wish.unknown(node);
      }
    }
    confirmations.forEach(confirm -> node.refuse(confirm.request(), reason));
    confirmations.clear();
    campaign.ifPresent(request -> node.refuse(request, reason));
    campaign = Optional.empty();
    toResolve = Optional.empty();
  }
}
