package io.registrar.log.node;

import io.registrar.log.disk.RecordStore;
import io.registrar.log.disk.SegmentSizes;
import io.registrar.log.disk.SegmentedStore;
import io.registrar.log.net.ClientRequest;
import io.registrar.log.net.ClientRequests;
import io.registrar.log.net.Introduction;
import io.registrar.log.net.NetworkOptions;
import io.registrar.log.net.NoPeers;
import io.registrar.log.net.PeerNetwork;
import io.registrar.log.net.RequestRefusedException;
import io.registrar.log.net.SocketPeerNetwork;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.RandomSource;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.replica.LogFollower;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.log.replica.ReplicaSetup;
import io.registrar.log.replica.ReplicaStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** One member of a log: its store, its network, and the replica that runs between them. */
public final class LogNode implements AutoCloseable {
  private final ReplicaLoop loop;
  private final PeerNetwork network;
  private final boolean isUnknown;

  private LogNode(ReplicaLoop loop, PeerNetwork network, boolean isUnknown) {
    this.loop = loop;
    this.network = network;
    this.isUnknown = isUnknown;
  }

  /**
   * Opens a member, and lets a follower know all that its log holds and learns.
   *
   * @throws IOException the directory cannot be written or is in use, the address is taken, or a
   *     file is not as it was written; the message says which. Nothing is left open
   */
  public static LogNode open(LogOptions options, LogFollower follower) throws IOException {
    return open(options, follower, LogNode::refuse);
  }

  private static void refuse(ClientRequest request, ClientRequests.Answer answer)
      throws RequestRefusedException {
    throw new RequestRefusedException("this member answers no clients");
  }

  /**
   * The same, and has clients answered where it listens.
   *
   * @throws IOException as {@link #open(LogOptions, LogFollower)}
   */
  public static LogNode open(LogOptions options, LogFollower follower, ClientRequests clients)
      throws IOException {
    Path directory = options.directory().toAbsolutePath().normalize();
    Path parent = options.memory().toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    FileMemory memory = FileMemory.at(options.memory().toAbsolutePath(), options.beginning());
    SortedSet<MemberId> members = new TreeSet<>(options.members().keySet());
    members.addAll(memory.members().keySet());
    members.add(options.self());
    RecordStore store = SegmentedStore.open(directory, options.self(), SegmentSizes.DEFAULT);
    AtomicReference<ReplicaLoop> running = new AtomicReference<>();
    PeerNetwork network =
        network(
            options,
            clients,
            () ->
                introduction(
                    Objects.requireNonNull(running.get(), "the network was started before")));
    boolean started = false;
    try {
      memory
          .members()
          .forEach((id, address) -> address.ifPresent(it -> network.addresses().put(id, it)));
      // A port that is not known yet is learned from the member itself.
      options.members().entrySet().stream()
          .filter(member -> member.getValue().getPort() != 0)
          .forEach(member -> network.addresses().put(member.getKey(), member.getValue()));
      ReplicaConfig config =
          ReplicaConfig.of(options.self(), members).withTiming(options.pace().timing());
      RandomSource entropy = new SecureRandom()::nextLong;
      ReplicaLoop loop =
          ReplicaLoop.restore(
              new ReplicaSetup(config, options.pace().tick(), store, memory, network, entropy),
              follower);
      running.set(loop);
      loop.start();
      started = true;
      listening(network)
          .ifPresent(bound -> network.addresses().put(options.self(), told(options, bound)));
      return new LogNode(loop, network, memory.ensemble().isEmpty() && members.size() == 1);
    } finally {
      if (!started) {
        network.close();
        store.close();
      }
    }
  }

  private static PeerNetwork network(
      LogOptions options, ClientRequests clients, Supplier<Introduction> introduction) {
    if (options.listen().isEmpty()) {
      return new NoPeers();
    }
    InetSocketAddress listen = options.listen().get();
    NetworkOptions how =
        NetworkOptions.of(
                options.self(), new InetSocketAddress(listen.getHostString(), listen.getPort()))
            .withSecurity(options.security());
    SocketPeerNetwork network = new SocketPeerNetwork(how, introduction);
    network.serve(clients);
    return network;
  }

  /** Its own address as the others are told it: as its operator named it, with a port that is. */
  private static InetSocketAddress told(LogOptions options, InetSocketAddress bound) {
    InetSocketAddress named =
        Optional.ofNullable(options.members().get(options.self()))
            .or(options::listen)
            .orElse(bound);
    return InetSocketAddress.createUnresolved(
        named.getHostString(), named.getPort() == 0 ? bound.getPort() : named.getPort());
  }

  private static Introduction introduction(ReplicaLoop loop) {
    ReplicaStatus status = loop.status();
    return new Introduction(status.member(), status.base().map(LogBase::ensemble));
  }

  private static Optional<InetSocketAddress> listening(PeerNetwork network) {
    return network instanceof SocketPeerNetwork sockets
        ? Optional.of(sockets.listening())
        : Optional.empty();
  }

  /** Where it listens, if it has a network. */
  public Optional<InetSocketAddress> listening() {
    return listening(network);
  }

  /**
   * Whether nothing here knew of any log or any other member when it was opened: a new one, or one
   * that has lost everything, and that others may still name.
   */
  public boolean isUnknown() {
    return isUnknown;
  }

  /** The replica. */
  public ReplicaLoop loop() {
    return loop;
  }

  /** How it reaches the others. */
  public PeerNetwork network() {
    return network;
  }

  /** How many connections were refused or ended at its port, for whatever reason. */
  public long refusedConnections() {
    return network instanceof SocketPeerNetwork sockets
        ? sockets.counters().refused().values().stream().mapToLong(Long::longValue).sum()
        : 0;
  }

  @Override
  public void close() {
    loop.close();
  }
}
