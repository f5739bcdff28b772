package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Under which address each member listens. Thread-safe; the latest word counts. */
public final class AddressBook {
  private final Map<MemberId, InetSocketAddress> known = new ConcurrentHashMap<>();

  /** Notes an address, unresolved or not. */
  public void put(MemberId member, InetSocketAddress address) {
    known.put(member, address);
  }

  /** The address of a member, if one was told. */
  public Optional<InetSocketAddress> find(MemberId member) {
    return Optional.ofNullable(known.get(member));
  }

  /** A copy of all that is known. */
  public Map<MemberId, InetSocketAddress> all() {
    return Map.copyOf(known);
  }
}
