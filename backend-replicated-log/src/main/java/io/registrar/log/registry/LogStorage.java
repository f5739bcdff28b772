package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.node.LogNode;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Request;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.spi.Capability;
import io.registrar.spi.ChangeFeed;
import io.registrar.spi.DamagedException;
import io.registrar.spi.Election;
import io.registrar.spi.Floor;
import io.registrar.spi.Limits;
import io.registrar.spi.MembershipAdmin;
import io.registrar.spi.NotSupportedException;
import io.registrar.spi.Snapshot;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageSession;
import io.registrar.spi.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A registry in the replicated log, open at one member. */
final class LogStorage implements Storage, MembershipAdmin {
  /** A batch is one entry, which is at most 4 MiB. */
  static final Limits LIMITS = new Limits(1 << 20, 3 << 20, 40_000);

  private static final Logger LOG = LoggerFactory.getLogger(LogStorage.class);

  private final LogNode node;
  private final ReplicaLoop loop;
  private final StateKeeper keeper;
  private final Set<Capability> capabilities;
  private final Gate gate;
  private final Writing writing;
  private final LogElection election;
  private final LogMembers members;
  private final SnapshotWriter snapshots;

  LogStorage(
      LogNode node,
      StateKeeper keeper,
      Set<Capability> capabilities,
      LogElection election,
      String name) {
    this.node = node;
    this.loop = node.loop();
    this.keeper = keeper;
    this.capabilities = Set.copyOf(capabilities);
    this.gate = new Gate(name);
    this.writing = new Writing(loop, keeper);
    this.election = election;
    this.members = new LogMembers(node);
    this.snapshots = new SnapshotWriter(loop, keeper);
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public StorageSession acquire(String owner, Floor floor, Duration timeout)
      throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    try (Gate.Call call = gate.enter()) {
      keeper.beginAcquire();
      try {
        return begin(owner, floor, deadline);
      } finally {
        keeper.endAcquire();
      }
    }
  }

  private StorageSession begin(String owner, Floor floor, Deadline deadline)
      throws StorageException {
    Bytes name = Bytes.of(owner.getBytes(StandardCharsets.UTF_8));
    while (true) {
      Reach.awaitVote(loop, deadline);
      Delivery end =
          ask("acquire", deadline, request -> new Input.Acquire(request, name, floor.epoch()));
      requireReadable();
      if (end instanceof Delivery.Acquired acquired) {
        RegistryState fence = keeper.takeFence(acquired.epoch());
        LogSession session =
            new LogSession(writing, gate, new StateSnapshot(fence, gate), floor.version());
        snapshots.leads(acquired.epoch());
        LOG.info("epoch {} has begun, after version {}", fence.epoch(), fence.version());
        return session;
      }
      boolean overtaken =
          end instanceof Delivery.Settled settled
              && settled.settlement() instanceof Settlement.Refused refused
              && (refused.reason() == Settlement.Reason.FENCED
                  || refused.reason() == Settlement.Reason.NOT_A_VOTER);
      if (!overtaken || deadline.hasPassed()) {
        throw unavailable("acquire", end, deadline);
      }
    }
  }

  @Override
  public Snapshot read(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    try (Gate.Call call = gate.enter()) {
      barrier("read", deadline);
      return new StateSnapshot(keeper.state(), gate);
    }
  }

  /** What {@link #read} shows, as a value. */
  RegistryState stateOfNow(Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    try (Gate.Call call = gate.enter()) {
      barrier("read", deadline);
      return keeper.state();
    }
  }

  /** Returns when this replica has learned everything chosen before the call. */
  void barrier(String what, Deadline deadline) throws StorageException {
    Reach.requireGoingOn(loop.status());
    Delivery end = ask(what, deadline, Input.Read::new);
    requireReadable();
    if (!(end instanceof Delivery.Readable)) {
      throw unavailable(what, end, deadline);
    }
  }

  private Delivery ask(String what, Deadline deadline, Function<Request, Input> asking)
      throws UnavailableException {
    try {
      return loop.await(loop.ask(asking), deadline.leftNanos());
    } catch (ReplicaEndedException e) {
      throw new UnavailableException(what + ": " + e.getMessage(), e);
    }
  }

  private UnavailableException unavailable(String what, Delivery end, Deadline deadline) {
    String why =
        end instanceof Delivery.Settled settled
                && settled.settlement() instanceof Settlement.Refused refused
                && refused.reason() != Settlement.Reason.WITHDRAWN
            ? "was refused (" + refused.reason() + ")"
            : "did not succeed within " + deadline;
    return new UnavailableException(what + " " + why + "; " + Reach.describe(loop.status()));
  }

  private void requireReadable() throws DamagedException {
    Optional<IllegalArgumentException> damage = keeper.damage();
    if (damage.isPresent()) {
      throw new DamagedException(
          "the log does not read as a registry: " + damage.get().getMessage(), damage.get());
    }
  }

  @Override
  public Election election() throws StorageException {
    gate.requireOpen();
    if (!capabilities.contains(Capability.ELECTION)) {
      throw new NotSupportedException(
          "this log has one member, which listens nowhere, so there is nobody to elect; start it"
              + " with --log_listen=HOST:PORT");
    }
    return election;
  }

  @Override
  public ChangeFeed changes(long afterVersion) throws StorageException {
    gate.requireOpen();
    return new BacklogFeed(this, keeper.backlog(), gate, afterVersion);
  }

  @Override
  public List<MemberReport> members() {
    return members.list();
  }

  @Override
  public String addMember(int id, String address, Duration timeout) throws StorageException {
    try (Gate.Call call = gate.enter()) {
      return members.add(id, address);
    }
  }

  @Override
  public void promoteMember(int id, Duration timeout, Consumer<String> progress)
      throws StorageException {
    gate.requireOpen();
    members.promote(id, Deadline.after(timeout), progress);
  }

  @Override
  public void removeMember(int id, Duration timeout, Consumer<String> progress)
      throws StorageException {
    gate.requireOpen();
    members.remove(id, Deadline.after(timeout), progress);
  }

  @Override
  public Map<String, Long> gauges() {
    return LogGauges.read(node, keeper);
  }

  /** The member below, for those who look after it. */
  LogNode node() {
    return node;
  }

  StateKeeper keeper() {
    return keeper;
  }

  @Override
  public void close() {
    gate.close();
    election.close();
    keeper.backlog().wake();
    gate.awaitEmpty();
    snapshots.close();
    node.close();
  }
}
