package io.registrar.log.replica;

import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.Phase;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.Replica;
import io.registrar.log.paxos.StopReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands, as its thread has last published it.
 *
 * @param member its place and incarnation
 * @param phase where it is in its life
 * @param chosen the last position that it knows to be chosen
 * @param footing what its log stands on, once it has one
 * @param base the ensemble, the membership, the epoch and the version after {@code chosen}
 * @param role whether entries proposed here go straight to the acceptors
 * @param stopped why it takes no part any more, if it has stopped by itself
 * @param failure what ended it, if something did
 */
public record ReplicaStatus(
    Member member,
    Phase phase,
    Position chosen,
    Optional<Footing> footing,
    Optional<LogBase> base,
    Role role,
    Optional<StopReason> stopped,
    @Nullable Throwable failure) {

  /** What a replica does beside accepting. */
  public enum Role {
    /** It proposes. */
    COORDINATOR,
    /** Another one does, or nobody. */
    FOLLOWER
  }

  static ReplicaStatus of(Replica replica, Optional<StopReason> stopped) {
    return new ReplicaStatus(
        replica.member(),
        replica.phase(),
        replica.chosen(),
        replica.footing(),
        replica.base(),
        replica.coordinates() ? Role.COORDINATOR : Role.FOLLOWER,
        stopped,
        null);
  }

  ReplicaStatus failed(Throwable cause) {
    return new ReplicaStatus(
        member, Phase.STOPPED, chosen, footing, base, Role.FOLLOWER, stopped, cause);
  }

  /** Whether it votes, and so may coordinate. */
  public boolean votes() {
    return phase == Phase.VOTING;
  }

  /** Whether it will never take part again. */
  public boolean hasEnded() {
    return failure != null || stopped.isPresent();
  }
}
