package io.registrar.log.sim.exhaustive;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Envelope;
import io.registrar.log.paxos.EnvelopeCodec;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Load;
import io.registrar.log.paxos.MalformedException;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Message;
import io.registrar.log.paxos.Outgoing;
import io.registrar.log.paxos.Output;
import io.registrar.log.paxos.Replica;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Timing;
import io.registrar.log.sim.oracle.Image;
import io.registrar.log.sim.oracle.Oracle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Three replicas without a clock or a schedule: whatever is sent waits until the search delivers
 * it, and a step and its sync are one. Heartbeats and statuses are always lost, which a network may
 * do; they would only multiply the orders.
 */
final class Cluster {
  static final int SIZE = 3;

  private record Flying(int from, int to, Bytes frame, String what) {}

  private static final class Node {
    final List<DurableRecord> disk = new ArrayList<>();
    Replica replica;
    Image image = new Image();
    long entropy;
    long written;
    long epoch;
    long version;
  }

  private final Node[] nodes = new Node[SIZE];
  private final Map<Long, Flying> flying = new LinkedHashMap<>();
  private final Oracle oracle = new Oracle();
  private final List<Written> written = new ArrayList<>();
  private final Set<Long> everSent = new HashSet<>();
  private long sent;
  private final Deque<Flying> gossip = new ArrayDeque<>();
  private long requests;

  private record Written(int node, DurableRecord record) {}

  /**
   * Every record of the founding, in the order in which it became durable: each search begins after
   * it.
   */
  private static final List<Written> FOUNDING = new Cluster(List.of()).found();

  /** Three members of a founded ensemble that have just started again. */
  Cluster() {
    this(FOUNDING);
  }

  private Cluster(List<Written> past) {
    for (int i = 0; i < SIZE; i++) {
      nodes[i] = new Node();
      nodes[i].entropy = 1_000L * (i + 1) + 100 * past.size();
      oracle.starts(i, List.of(), Oracle.Kept.ALL);
    }
    for (Written one : past) {
      nodes[one.node()].disk.add(one.record());
      oracle.persisted(one.node(), one.record());
    }
    for (int i = 0; i < SIZE; i++) {
      start(i, Damage.none());
    }
    gossip();
  }

  /** Lets the ensemble come into being, in one fixed order. */
  private List<Written> found() {
    for (int round = 0; !allVote(); round++) {
      for (int i = 0; i < SIZE; i++) {
        step(i, new Input.Tick());
      }
      gossip();
      if (round == 200) {
        throw new IllegalStateException("no ensemble after 200 ticks");
      }
    }
    return List.copyOf(written);
  }

  private boolean allVote() {
    for (Node node : nodes) {
      if (node.image.votesAfter() < 0) {
        return false;
      }
    }
    return true;
  }

  private static ReplicaConfig config(int index) {
    SortedSet<MemberId> members = new TreeSet<>();
    for (int i = 1; i <= SIZE; i++) {
      members.add(new MemberId(i));
    }
    return ReplicaConfig.of(new MemberId(index + 1), members)
        .withTiming(new Timing(1, 2, 1, 1, 1, 1, 1, 1));
  }

  private void start(int index, Damage damage) {
    Node node = nodes[index];
    oracle.starts(
        index, node.disk, damage.equals(Damage.none()) ? Oracle.Kept.ALL : Oracle.Kept.LESS);
    node.image = new Image();
    node.disk.forEach(node.image::apply);
    node.epoch = 0;
    node.replica =
        Replica.restore(config(index), List.copyOf(node.disk), damage, () -> entropy(node));
    step(index, new Input.Start());
  }

  private static long entropy(Node node) {
    node.entropy++;
    return node.entropy * 0x9E3779B97F4A7C15L;
  }

  void apply(Move move) {
    if (move instanceof Move.Deliver it) {
      deliver(it.key());
    } else if (move instanceof Move.Acquire it) {
      step(it.node(), new Input.Acquire(new Request(++requests), Bytes.of(), 0));
    } else if (move instanceof Move.Propose it) {
      propose(nodes[it.node()], it.node());
    } else if (move instanceof Move.Reconfigure it) {
      MemberId removed = new MemberId(it.removed() + 1);
      step(
          it.node(),
          new Input.Reconfigure(new Request(++requests), new Input.Change.Remove(removed)));
    } else if (move instanceof Move.Crash it) {
      start(it.node(), Damage.none());
    } else if (move instanceof Move.Wipe it) {
      Node node = nodes[it.node()];
      Damage lost = Damage.lost(node.image.ensemble());
      node.disk.clear();
      start(it.node(), lost);
    }
    gossip();
  }

  private void propose(Node node, int index) {
    Content.Append append =
        new Content.Append(
            node.epoch, node.version, node.version + 1, Bytes.of((byte) index, (byte) requests));
    step(index, new Input.Propose(new Request(++requests), append));
  }

  private void deliver(long key) {
    Flying message = flying.remove(key);
    if (message != null) {
      step(message.to(), new Input.Received(new MemberId(message.from() + 1), message.frame()));
    }
  }

  private void step(int index, Input input) {
    Output output = nodes[index].replica.step(input);
    handle(index, output);
    if (!output.persist().isEmpty()) {
      for (DurableRecord durable : output.persist()) {
        nodes[index].disk.add(durable);
        nodes[index].written = StateDigest.mix(nodes[index].written, durable.hashCode());
        nodes[index].image.apply(durable);
        oracle.persisted(index, durable);
        written.add(new Written(index, durable));
      }
      step(index, new Input.Persisted(output.sequence()));
    }
  }

  private void handle(int index, Output output) {
    for (Outgoing outgoing : output.send()) {
      Envelope envelope = decode(outgoing.frame());
      oracle.sent(index, envelope);
      sort(index, outgoing, envelope.message());
    }
    output.load().forEach(load -> load(index, load));
    for (Delivery delivery : output.deliver()) {
      oracle.told(index, delivery, nodes[index].image);
      if (delivery instanceof Delivery.Acquired acquired) {
        nodes[index].epoch = acquired.epoch();
      } else if (delivery instanceof Delivery.Chosen chosen
          && chosen.entry().content() instanceof Content.Append append) {
        nodes[index].version = append.version();
      }
    }
  }

  /**
   * Heartbeats and refusals are always lost, and gossip arrives at once, so that the orders of the
   * votes themselves can be searched deep.
   */
  private void sort(int from, Outgoing outgoing, Message message) {
    int to = outgoing.to().value() - 1;
    boolean refusal = message instanceof Message.Rejected || message instanceof Message.Abstained;
    if (message instanceof Message.Voting && !refusal) {
      long key = StateDigest.mix(outgoing.frame().hashCode(), from * 8L + to);
      sent += everSent.add(key) ? StateDigest.mix(key, 2) : 0;
      flying.put(key, new Flying(from, to, outgoing.frame(), message.toString()));
    } else if (!refusal && !(message instanceof Message.Leading)) {
      gossip.add(new Flying(from, to, outgoing.frame(), ""));
    }
  }

  private void gossip() {
    for (int i = 0; i < 500 && !gossip.isEmpty(); i++) {
      Flying message = gossip.removeFirst();
      step(message.to(), new Input.Received(new MemberId(message.from() + 1), message.frame()));
    }
  }

  private void load(int index, Load load) {
    List<Entry> entries = new ArrayList<>();
    for (long p = load.from().value(); p <= load.through().value(); p++) {
      Image.Written one = nodes[index].image.entries().get(p);
      if (one == null) {
        return;
      }
      entries.add(one.entry());
    }
    step(index, new Input.Loaded(load, entries));
  }

  private static Envelope decode(Bytes frame) {
    try {
      return EnvelopeCodec.decode(frame);
    } catch (MalformedException e) {
      throw new IllegalStateException("a replica sends what cannot be read", e);
    }
  }

  boolean hasSession(int node) {
    return nodes[node].epoch > 0;
  }

  Collection<Move> deliveries() {
    List<Move> moves = new ArrayList<>();
    flying.forEach(
        (key, one) -> moves.add(new Move.Deliver(one.from(), one.to(), key, one.what())));
    return moves;
  }

  /**
   * Equal digests: the same futures, and the same verdicts on them. What the oracle knows follows
   * from what was written where and what was sent.
   */
  long digest() {
    long digest = sent;
    for (Long key : flying.keySet()) {
      digest += StateDigest.mix(key, 1);
    }
    for (Node node : nodes) {
      digest = StateDigest.mix(digest, StateDigest.of(node.replica));
      digest = StateDigest.mix(digest, node.written);
    }
    return digest;
  }
}
