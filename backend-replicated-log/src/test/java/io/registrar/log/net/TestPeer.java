package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.tck.fault.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A network with a mailbox, on a free port of the loopback address. */
final class TestPeer implements AutoCloseable {
  static final EnsembleId OURS = new EnsembleId(1, 1);

  /** Quick to notice and to dial again, and patient enough for a busy machine. */
  static final NetworkTiming QUICK =
      new NetworkTiming(
          Duration.ofMillis(100),
          Deadline.scaled(Duration.ofSeconds(3)),
          Deadline.scaled(Duration.ofSeconds(3)),
          Duration.ofMillis(20),
          Duration.ofMillis(200));

  record Letter(MemberId from, Bytes frame) {}

  final MemberId id;
  final SocketPeerNetwork network;
  final BlockingQueue<Letter> mailbox = new LinkedBlockingQueue<>();
  final BlockingQueue<Member> ended = new LinkedBlockingQueue<>();

  private TestPeer(NetworkOptions options, Optional<EnsembleId> ensemble) {
    this.id = options.self();
    Member member = new Member(id, new Incarnation(100 + id.value()));
    this.network = new SocketPeerNetwork(options, () -> new Introduction(member, ensemble));
  }

  private final class Receiving implements PeerNetwork.Receiver {
    @Override
    public void received(MemberId from, Bytes frame) {
      mailbox.add(new Letter(from, frame));
    }

    @Override
    public void ended(Member member) {
      ended.add(member);
    }
  }

  static NetworkOptions options(int id, int port) {
    return NetworkOptions.of(new MemberId(id), loopback(port)).withTiming(QUICK);
  }

  static TestPeer start(int id) throws IOException {
    return start(options(id, 0), Optional.of(OURS));
  }

  static TestPeer start(NetworkOptions options, Optional<EnsembleId> ensemble) throws IOException {
    TestPeer peer = new TestPeer(options, ensemble);
    peer.network.start(peer.new Receiving());
    peer.network.addresses().put(peer.id, peer.address());
    return peer;
  }

  InetSocketAddress address() {
    return network.listening();
  }

  void knows(TestPeer other) {
    network.addresses().put(other.id, other.address());
  }

  /** Waits until each reaches the other over both connections. */
  static void awaitBoth(TestPeer... peers) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(60));
    for (TestPeer one : peers) {
      for (TestPeer other : peers) {
        if (one != other) {
          deadline.await(
              one.id + " and " + other.id + " are connected, not " + one.network.counters(),
              () -> one.reach(other) == PeerState.Reach.BOTH);
        }
      }
    }
  }

  PeerState.Reach reach(TestPeer other) {
    Map<MemberId, PeerState> peers = network.counters().peers();
    PeerState state = peers.get(other.id);
    return state == null ? PeerState.Reach.NONE : state.reach();
  }

  /** Sends again and again until it arrives: a frame may be lost, and who waits asks again. */
  static void awaitDelivery(TestPeer from, TestPeer to, String text) {
    Bytes frame = bytes(text);
    Deadline deadline = Deadline.after(Duration.ofSeconds(60));
    boolean[] arrived = {false};
    while (!arrived[0]) {
      if (deadline.hasPassed()) {
        throw new AssertionError(
            from.id + " cannot reach " + to.id + ": " + from.network.counters());
      }
      from.network.send(to.id, frame);
      arrived[0] = to.receives(from, frame, Duration.ofMillis(50));
    }
  }

  /** Whether this letter comes within a time; others before it are thrown away. */
  boolean receives(TestPeer from, Bytes frame, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    try {
      Letter next = mailbox.poll(within.toNanos(), TimeUnit.NANOSECONDS);
      while (next != null && !next.equals(new Letter(from.id, frame))) {
        next = mailbox.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      return next != null;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  long refused(Refusal why) {
    return network.counters().refused(why);
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void close() {
    network.close();
  }
}
