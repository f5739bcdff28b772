package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.StopReason;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.log.replica.ReplicaStatus;
import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;

/** Says how a replica stands, and waits until it can do what is asked. */
final class Reach {
  private Reach() {}

  /** Waits until the replica votes: only then can it take the coordinator's place. */
  static void awaitVote(ReplicaLoop loop, Deadline deadline) throws StorageException {
    ReplicaStatus status;
    try {
      status = loop.await(it -> it.votes() || it.hasEnded(), deadline.leftNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while waiting for the log to be ready", e);
    }
    requireGoingOn(status);
    if (!status.votes()) {
      throw new UnavailableException(
          "this member of the log does not vote yet, and did not within "
              + deadline
              + "; "
              + describe(status));
    }
  }

  /**
   * Throws if the replica takes no part any more.
   *
   * @throws DamagedException its log is gone, and nobody else has it
   * @throws IncompatibleException its place is not its own; opening it again changes nothing
   * @throws UnavailableException its disk has failed; opening it again may help
   */
  static void requireGoingOn(ReplicaStatus status) throws StorageException {
    if (status.stopped().isPresent()) {
      StopReason reason = status.stopped().get();
      String what = describe(status);
      throw reason == StopReason.LOST_ALONE
          ? new DamagedException(what)
          : new IncompatibleException(what);
    }
    if (status.failure() != null) {
      throw new UnavailableException(describe(status), status.failure());
    }
  }

  /** One sentence for a person. */
  static String describe(ReplicaStatus status) {
    String who = "member " + status.member().id().value();
    if (status.failure() != null) {
      return who
          + " has failed ("
          + status.failure().getMessage()
          + "); close the storage and open it again";
    }
    if (status.stopped().isPresent()) {
      return who + " takes no part any more: " + explain(status.stopped().get());
    }
    Position chosen = status.chosen();
    return switch (status.phase()) {
      case EMPTY, HOLDING ->
          who + " has no log yet: it waits until every member of --log_members can be reached";
      case LEARNING ->
          who + " has learned through position " + chosen.value() + " so far; " + learns(status);
      case VOTING ->
          who
              + " votes, at position "
              + chosen.value()
              + ", among "
              + status
                  .base()
                  .map(base -> base.membership().voters().keySet().toString())
                  .orElse("none")
              + "; a majority of them must be reached";
      case STOPPED -> who + " has stopped";
    };
  }

  /** Why it only learns. */
  private static String learns(ReplicaStatus status) {
    MemberId self = status.member().id();
    boolean known = status.base().isPresent();
    boolean filled = status.base().flatMap(base -> base.membership().at(self)).isPresent();
    if (known && !filled) {
      return "it is no member of this log and does not vote: 'registrar member promote "
          + self.value()
          + "' makes it one, or stop it";
    }
    return "its disk is new, or was lost: it fetches the log from the other members, and votes once"
        + " they have let it";
  }

  private static String explain(StopReason reason) {
    return switch (reason) {
      case REPLACED -> "another disk fills its place; start it on an empty directory to rejoin";
      case REMOVED -> "it was removed from the membership; add it again to let it take part";
      case NOT_ADMITTED -> "its place is filled by another process that answers; stop that first";
      case SUPERSEDED -> "another process was started on a copy of its directory; stop one of them";
      case FOUNDED_ALONE ->
          "it has founded a log of its own, and another one names it; move away its directory, and"
              + " the file .ensemble that remembers that log, and start it again";
      case LOST_ALONE ->
          "it is the only member, and its log is gone; restore the directory from a backup, or"
              + " remove the file that remembers it to begin anew, empty";
    };
  }
}
