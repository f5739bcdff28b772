package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.DamagedException;
import io.registrar.spi.FencedException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;

/** What a session asks of the log, and what the log's answers mean to it (rules 5.1, 5.2). */
final class Writing {
  private final ReplicaLoop loop;
  private final StateKeeper keeper;

  Writing(ReplicaLoop loop, StateKeeper keeper) {
    this.loop = loop;
    this.keeper = keeper;
  }

  /** Returns when the batch is chosen and in effect. */
  void append(long epoch, long follows, long version, Batch batch, Deadline deadline)
      throws StorageException {
    requireLatest(epoch);
    Content.Append entry =
        new Content.Append(epoch, follows, version, ContentsCodec.encode(Contents.of(batch)));
    Delivery end;
    try {
      end = loop.propose(entry, deadline.leftNanos());
    } catch (ReplicaEndedException e) {
      throw new CommitUnknownException(
          "the commit of version "
              + version
              + " was in flight when the log ended: "
              + e.getMessage(),
          e);
    }
    if (end instanceof Delivery.Settled settled) {
      settle(settled.settlement(), epoch, version, deadline);
    }
  }

  private void settle(Settlement settlement, long epoch, long version, Deadline deadline)
      throws StorageException {
    if (settlement instanceof Settlement.Unknown) {
      throw new CommitUnknownException(
          "the commit of version "
              + version
              + " was proposed, and whether it was chosen could not be found out within "
              + deadline
              + "; acquire anew: that tells");
    }
    if (settlement instanceof Settlement.Refused refused) {
      throw refused(refused.reason(), epoch, "the commit of version " + version, deadline);
    }
  }

  /** Returns if the epoch was the latest at some moment since the call. */
  void confirm(long epoch, Deadline deadline) throws StorageException {
    requireLatest(epoch);
    try {
      Delivery end =
          loop.await(loop.ask(request -> new Input.Confirm(request, epoch)), deadline.leftNanos());
      if (end instanceof Delivery.Settled settled) {
        Settlement.Reason reason =
            settled.settlement() instanceof Settlement.Refused refused
                ? refused.reason()
                : Settlement.Reason.WITHDRAWN;
        throw refused(reason, epoch, "a confirmation", deadline);
      }
    } catch (ReplicaEndedException e) {
      throw new UnavailableException("a confirmation was under way when " + e.getMessage(), e);
    }
  }

  private void requireLatest(long epoch) throws StorageException {
    if (keeper.damage().isPresent()) {
      throw new DamagedException(
          "the log does not read as a registry: " + keeper.damage().get().getMessage());
    }
    long latest = keeper.epoch();
    if (latest > epoch) {
      throw fenced(epoch, latest);
    }
  }

  private StorageException refused(
      Settlement.Reason reason, long epoch, String what, Deadline deadline) {
    long latest = keeper.epoch();
    if (reason == Settlement.Reason.FENCED || latest > epoch) {
      return fenced(epoch, latest);
    }
    return switch (reason) {
      case STALE_VERSION, NO_EFFECT ->
          new DamagedException(
              what
                  + " does not follow version "
                  + keeper.version()
                  + ", although no later epoch than "
                  + epoch
                  + " has begun");
      case WITHDRAWN ->
          new UnavailableException(
              what + " was not proposed within " + deadline + "; " + Reach.describe(loop.status()));
      default ->
          new UnavailableException(
              what + " was refused (" + reason + "); " + Reach.describe(loop.status()));
    };
  }

  private static FencedException fenced(long epoch, long latest) {
    return new FencedException(
        latest > epoch
            ? "the session of epoch " + epoch + " was fenced by epoch " + latest
            : "the session of epoch " + epoch + " was fenced by a later one");
  }
}
