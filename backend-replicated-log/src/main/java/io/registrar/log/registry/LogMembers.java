package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.node.LogNode;
import io.registrar.log.node.MemberAddress;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaStatus;
import io.registrar.spi.MembershipAdmin.MemberReport;
import io.registrar.spi.MembershipAdmin.Role;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Changes who votes, one at a time, while the log goes on. */
final class LogMembers {
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LogNode node;

  LogMembers(LogNode node) {
    this.node = node;
  }

  List<MemberReport> list() {
    ReplicaStatus status = node.loop().status();
    Optional<Membership> membership = status.base().map(base -> base.membership());
    Map<MemberId, Position> positions = new TreeMap<>();
    peers().forEach((member, position) -> positions.merge(member.id(), position, LogMembers::max));
    membership.ifPresent(
        now -> now.voters().keySet().forEach(id -> positions.putIfAbsent(id, Position.ZERO)));
    List<MemberReport> reports = new ArrayList<>();
    positions.forEach(
        (id, position) ->
            reports.add(
                new MemberReport(
                    id.value(),
                    role(id, membership, status),
                    node.network().addresses().find(id).map(MemberAddress::write),
                    position.value() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(position.value()))));
    return reports;
  }

  private Map<Member, Position> peers() {
    try {
      return node.loop().peers(LOOK_NANOS).orElse(Map.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  private static Position max(Position a, Position b) {
    return a.isAfter(b) ? a : b;
  }

  private static Role role(MemberId id, Optional<Membership> membership, ReplicaStatus status) {
    if (membership.flatMap(now -> now.at(id)).isEmpty()) {
      return Role.LEARNER;
    }
    boolean coordinates =
        id.equals(status.member().id()) && status.role() == ReplicaStatus.Role.COORDINATOR;
    return coordinates ? Role.COORDINATOR : Role.VOTER;
  }

  String add(int id, String address) throws StorageException {
    MemberId member = new MemberId(id);
    InetSocketAddress place = MemberAddress.read(address);
    Membership now = membership();
    if (now.at(member).isPresent()) {
      throw new UnavailableException(
          "member " + id + " votes already; remove it first, or choose another id");
    }
    if (node.listening().isEmpty()) {
      throw new UnavailableException(
          "this member listens nowhere, so that no other can join it; start it again with"
              + " --log_listen=HOST:PORT, then add member "
              + id);
    }
    node.network().addresses().put(member, place);
    StringBuilder members = new StringBuilder();
    for (MemberId voter : now.voters().keySet()) {
      members
          .append(voter.value())
          .append('@')
          .append(
              node.network().addresses().find(voter).map(MemberAddress::write).orElse("HOST:PORT"))
          .append(',');
    }
    members.append(id).append('@').append(address);
    return "--log_replica_id=" + id + " --log_listen=" + address + " --log_members=" + members;
  }

  void promote(int id, Deadline deadline, Consumer<String> progress) throws StorageException {
    MemberId member = new MemberId(id);
    change(
        new Input.Change.Add(member),
        now -> now.at(member).isPresent(),
        () -> waitsForLearner(member),
        deadline,
        progress);
  }

  void remove(int id, Deadline deadline, Consumer<String> progress) throws StorageException {
    MemberId member = new MemberId(id);
    if (membership().voters().size() == 1 && membership().at(member).isPresent()) {
      throw new UnavailableException(
          "member " + id + " is the only one that votes; add another first");
    }
    change(
        new Input.Change.Remove(member),
        now -> now.at(member).isEmpty(),
        () -> "waiting until enough of the other members have answered of late",
        deadline,
        progress);
  }

  /** Whether a membership is as wished. */
  private interface Wished {
    boolean holds(Membership membership);
  }

  /** What is being waited for. */
  private interface Waiting {
    String sentence();
  }

  private void change(
      Input.Change change,
      Wished wished,
      Waiting waiting,
      Deadline deadline,
      Consumer<String> progress)
      throws StorageException {
    String told = "";
    while (!wished.holds(membership())) {
      Settlement end = propose(change, deadline);
      boolean again =
          end instanceof Settlement.Refused refused
              && switch (refused.reason()) {
                case NOT_READY, BUSY, NO_EFFECT, WITHDRAWN, NOT_A_VOTER -> true;
                default -> false;
              };
      if (end instanceof Settlement.Taken) {
        return;
      }
      String now = waiting.sentence();
      if (!again || deadline.hasPassed()) {
        throw new UnavailableException(
            "the change of member was not decided within " + deadline + " (" + end + "); " + now);
      }
      if (!now.equals(told)) {
        told = now;
        progress.accept(now);
      }
      pause(deadline);
    }
  }

  private Settlement propose(Input.Change change, Deadline deadline) throws UnavailableException {
    try {
      Delivery end =
          node.loop()
              .await(
                  node.loop().ask(request -> new Input.Reconfigure(request, change)),
                  deadline.leftNanos());
      return ((Delivery.Settled) end).settlement();
    } catch (ReplicaEndedException e) {
      throw new UnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private void pause(Deadline deadline) throws UnavailableException {
    try {
      node.loop().await(ReplicaStatus::hasEnded, Math.min(AGAIN_NANOS, deadline.leftNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while a change of member was waited for", e);
    }
  }

  private String waitsForLearner(MemberId member) {
    Position end = node.loop().status().chosen();
    return peers().entrySet().stream()
        .filter(peer -> peer.getKey().id().equals(member))
        .findFirst()
        .map(
            peer ->
                "waiting until member "
                    + member.value()
                    + " has caught up: it is at position "
                    + peer.getValue().value()
                    + " of "
                    + end.value())
        .orElseGet(
            () ->
                "waiting for member "
                    + member.value()
                    + ": it has not been heard; start it with the flags that adding it has printed");
  }

  private Membership membership() throws UnavailableException {
    ReplicaStatus status = node.loop().status();
    return status
        .base()
        .map(base -> base.membership())
        .orElseThrow(() -> new UnavailableException(Reach.describe(status)));
  }
}
