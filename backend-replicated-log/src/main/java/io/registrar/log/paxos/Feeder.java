package io.registrar.log.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Feeds peers that catch up, and deletes what nobody needs any more.
 *
 * <ol>
 *   <li>Only chosen entries are handed out.
 *   <li>One read of the store is open a peer, and one answer of bounded size.
 *   <li>The log is cut only below a snapshot that is synced here in whole, and not while a peer is
 *       being fed what would go, unless that peer has been silent for {@link Timing#feedSilence}.
 * </ol>
 */
final class Feeder {
  private static final int MOST_FED = 32;

  /** A peer that is being fed: what it needs next, and since when it is owed an answer. */
  private record Fed(Position next, long heard, long readUntil) {}

  private final Node node;
  private final Map<MemberId, Fed> fed = new TreeMap<>();
  private final List<Load> loads = new ArrayList<>();

  Feeder(Node node) {
    this.node = node;
  }

  void onFetch(Message.Fetch m, Envelope e) {
    if (!node.log.exists()) {
      return;
    }
    MemberId peer = e.from().id();
    Footing footing = node.log.footing();
    Position begin = footing.base().begin();
    if (begin.isAfter(m.from())) {
      node.send(peer, new Message.StandsOn(footing, node.log.chosen()));
      feed(peer, new Fed(begin, node.now(), 0));
    } else if (m.from().isAfter(node.log.chosen())) {
      node.send(peer, new Message.Entries(m.from(), List.of(), node.log.chosen()));
      fed.remove(peer);
    } else {
      load(peer, m);
    }
  }

  private void load(MemberId peer, Message.Fetch m) {
    Fed before = fed.get(peer);
    boolean reading = before != null && node.now() < before.readUntil;
    if (!reading) {
      int most = Math.min(m.most(), node.config.bounds().catchUpBytes());
      loads.add(new Load(peer, m.from(), node.log.chosen(), most));
      feed(peer, new Fed(m.from(), node.now(), node.now() + node.timing().retry()));
    }
  }

  private void feed(MemberId peer, Fed state) {
    if (fed.size() < MOST_FED || fed.containsKey(peer)) {
      fed.put(peer, state);
    }
  }

  void onLoaded(Input.Loaded loaded) {
    Load load = loaded.load();
    node.send(load.to(), new Message.Entries(load.from(), loaded.entries(), node.log.chosen()));
    Fed before = fed.get(load.to());
    if (before != null) {
      Position next = new Position(load.from().value() + loaded.entries().size());
      feed(load.to(), new Fed(next, node.now(), 0));
    }
  }

  List<Load> takeLoads() {
    List<Load> taken = List.copyOf(loads);
    loads.clear();
    return taken;
  }

  /** Cuts the log where it may be cut. */
  void progress() {
    long quiet = node.now() - node.timing().feedSilence();
    fed.values().removeIf(state -> state.heard < quiet);
    node.log.truncatable().filter(footing -> !isNeeded(footing)).ifPresent(node.log::truncate);
  }

  private boolean isNeeded(Footing footing) {
    return fed.values().stream().anyMatch(state -> footing.base().begin().isAfter(state.next));
  }
}
