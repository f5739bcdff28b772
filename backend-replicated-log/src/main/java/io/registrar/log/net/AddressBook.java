package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Under which address each member listens. Thread-safe; the latest word counts.
 *
 * <p>What peers say is weaker than what is put: a peer's word about itself replaces what was known,
 * its word about others only fills gaps, so that old news that still goes round never replaces
 * newer.
 */
public final class AddressBook {
  /** More addresses than this are not learned from peers. */
  static final int MOST_LEARNED = 64;

  private final Map<MemberId, InetSocketAddress> known = new ConcurrentHashMap<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

  /** Notes an address, unresolved or not. */
  public void put(MemberId member, InetSocketAddress address) {
    if (!isSame(address, known.put(member, address))) {
      watchers.forEach(Runnable::run);
    }
  }

  /** The address of a member, if one was told. */
  public Optional<InetSocketAddress> find(MemberId member) {
    return Optional.ofNullable(known.get(member));
  }

  /** A copy of all that is known. */
  public Map<MemberId, InetSocketAddress> all() {
    return Map.copyOf(known);
  }

  /** Notes what a peer says. */
  void learn(MemberId peer, Map<MemberId, InetSocketAddress> told) {
    boolean news = false;
    for (Map.Entry<MemberId, InetSocketAddress> word : told.entrySet()) {
      MemberId about = word.getKey();
      boolean room = known.containsKey(about) || known.size() < MOST_LEARNED;
      if (room && about.equals(peer)) {
        news |= !isSame(word.getValue(), known.put(about, word.getValue()));
      } else if (room) {
        news |= known.putIfAbsent(about, word.getValue()) == null;
      }
    }
    if (news) {
      watchers.forEach(Runnable::run);
    }
  }

  /** Resolved or not makes no difference. */
  private static boolean isSame(InetSocketAddress one, @Nullable InetSocketAddress other) {
    return other != null
        && one.getHostString().equals(other.getHostString())
        && one.getPort() == other.getPort();
  }

  /** Has the watcher called after each change, on the thread that made it. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }
}
