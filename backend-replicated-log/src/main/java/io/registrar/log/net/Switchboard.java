package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The links with all members, and what is done with that which comes over them. Thread-safe. */
final class Switchboard {
  /** Links with more places are not kept; an ensemble has far fewer. */
  private static final int MOST_LINKS = AddressBook.MOST_LEARNED;

  final NetworkOptions options;
  final AddressBook book;
  final Meter meter;
  private final Supplier<Introduction> self;
  private final Vetting vetting;
  private final PeerNetwork.Receiver receiver;
  private final ConnectionThreads threads;
  private final Map<MemberId, PeerLink> links = new ConcurrentHashMap<>();

  Switchboard(
      NetworkOptions options,
      AddressBook book,
      Meter meter,
      Supplier<Introduction> self,
      PeerNetwork.Receiver receiver,
      ConnectionThreads threads) {
    this.options = options;
    this.book = book;
    this.meter = meter;
    this.self = self;
    this.vetting = new Vetting(options.self());
    this.receiver = receiver;
    this.threads = threads;
  }

  /** What this member says first, on every connection. */
  Packet introduction() {
    byte[] hello = HelloCodec.write(new Hello(self.get(), book.all()));
    return new Packet(Packet.Kind.HELLO, Bytes.of(hello));
  }

  /** Makes a stream of a connection whose ends have introduced themselves. */
  PeerStream stream(MemberId peer, Connection connection, Runnable leave) {
    return new PeerStream(peer, connection, leave, threads, options.limits(), meter);
  }

  /** Takes the hello of whoever dialed, or refuses it. */
  void vet(Hello hello, Optional<Set<MemberId>> certified) throws RefusedException {
    vetting.check(hello, certified);
    MemberId claimed = hello.who().member().id();
    boolean known = links.containsKey(claimed) || book.find(claimed).isPresent();
    if (!known && links.size() >= MOST_LINKS) {
      throw new RefusedException(
          Refusal.TOO_MANY_MEMBERS, "connections with " + MOST_LINKS + " members are kept already");
    }
  }

  boolean isForeign(Hello hello) {
    return hello.who().isForeignTo(self.get());
  }

  PeerLink link(MemberId peer) {
    return links.computeIfAbsent(peer, id -> new PeerLink(id, meter));
  }

  Optional<PeerLink> existing(MemberId peer) {
    return Optional.ofNullable(links.get(peer));
  }

  Collection<PeerLink> links() {
    return List.copyOf(links.values());
  }

  /**
   * Nobody listens where this member was reached: its process has ended, unless it is connected
   * still; says which.
   */
  boolean ended(Member member) {
    return link(member.id()).ifUnconnected(() -> receiver.ended(member));
  }

  /** Notes addresses that a member of this ensemble tells. */
  void learn(MemberId peer, Map<MemberId, InetSocketAddress> told) {
    Map<MemberId, InetSocketAddress> others = new HashMap<>(told);
    others.remove(options.self());
    book.learn(peer, others);
  }

  /** Tells every connected member what the book says now. */
  void gossip() {
    Packet news = new Packet(Packet.Kind.ADDRESSES, AddressCodec.write(book.all()));
    links.values().forEach(link -> link.sendToAll(news));
  }

  /**
   * Does what a packet asks for.
   *
   * @throws RefusedException no member sends it
   */
  void received(PeerLink link, PeerStream stream, Packet packet) throws RefusedException {
    switch (packet.kind()) {
      case FRAME -> {
        meter.framesReceived.increment();
        meter.bytesReceived.add(packet.content().size());
        link.heard(stream);
        receiver.received(stream.peer(), packet.content());
      }
      case PULSE -> {
        if (packet.content().size() > 0) {
          throw new RefusedException(Refusal.MALFORMED, "a long pulse");
        }
      }
      case ADDRESSES -> {
        Map<MemberId, InetSocketAddress> told = AddressCodec.readWhole(packet.content());
        if (link.isMember(stream)) {
          learn(stream.peer(), told);
        }
      }
      default ->
          throw new RefusedException(
              Refusal.MALFORMED, "a packet of kind " + packet.kind() + " after the hellos");
    }
    stream.heard();
  }
}
