package io.registrar.log.paxos;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which every replica reads the log: which entries take effect.
 *
 * <ol>
 *   <li>It is a function of the base and of the entries after it, in order: all replicas agree.
 *   <li>The epoch never falls; the version never falls; each version is made by one batch.
 *   <li>A batch of a session that a later epoch has ended applies as nothing, however late it is
 *       chosen: this is the fence.
 *   <li>A cut takes effect only when every chunk of its snapshot stands before it in the log.
 *   <li>A membership differs from the one before in one place at most.
 * </ol>
 */
public final class Ledger {
  private record Snapshot(Position begin, int chunks) {}

  private long epoch;
  private long version;
  private Membership membership;
  private Optional<Membership> before = Optional.empty();
  private Position begin;
  private @Nullable Snapshot open;

  /** Begins where the base stands. */
  public Ledger(LogBase base) {
    this.epoch = base.epoch();
    this.version = base.version();
    this.membership = base.membership();
    this.begin = base.begin();
  }

  /** Applies the next entry, and says whether it counts. */
  public Delivery.Effect apply(Position position, Content content) {
    boolean taken;
    if (content instanceof Content.BeginEpoch it) {
      taken = beginEpoch(it);
    } else if (content instanceof Content.Append it) {
      taken = append(it);
    } else if (content instanceof Content.Chunk it) {
      taken = chunk(it);
    } else if (content instanceof Content.Cut it) {
      taken = cut(it, position);
    } else if (content instanceof Content.ChangeMembership it) {
      taken = change(it.membership(), position);
    } else {
      taken = true;
    }
    return taken ? Delivery.Effect.TAKEN : Delivery.Effect.NOTHING;
  }

  private boolean beginEpoch(Content.BeginEpoch it) {
    if (it.number() <= epoch) {
      return false;
    }
    epoch = it.number();
    open = null;
    return true;
  }

  /** Before the first epoch nobody has a session, so nobody writes. */
  private boolean isCurrent(Content.OfApplication it) {
    return epoch > 0 && it.epoch() == epoch;
  }

  private boolean append(Content.Append it) {
    if (!isCurrent(it) || it.follows() != version || it.version() <= version) {
      return false;
    }
    version = it.version();
    return true;
  }

  private boolean chunk(Content.Chunk it) {
    Snapshot now = open;
    if (!isCurrent(it) || !it.begin().isAfter(begin)) {
      return false;
    }
    if (it.index() == 0) {
      open = new Snapshot(it.begin(), 1);
      return true;
    }
    if (now == null || !now.begin.equals(it.begin()) || now.chunks != it.index()) {
      return false;
    }
    open = new Snapshot(now.begin, now.chunks + 1);
    return true;
  }

  private boolean cut(Content.Cut it, Position position) {
    Snapshot now = open;
    if (!isCurrent(it)
        || now == null
        || !now.begin.equals(it.base().begin())
        || now.chunks != it.chunks()
        || it.base().begin().isAfter(position)) {
      return false;
    }
    begin = it.base().begin();
    open = null;
    return true;
  }

  /** Ongaro's thesis, section 4.1: single-server changes. */
  private boolean change(Membership next, Position position) {
    if (!next.since().equals(position) || !membership.differsInAtMostOnePlace(next)) {
      return false;
    }
    before = Optional.of(membership);
    membership = next;
    return true;
  }

  /** The epoch in force after the last entry; 0 if none was begun. */
  public long epoch() {
    return epoch;
  }

  /** The version in force after the last entry. */
  public long version() {
    return version;
  }

  /** Governs the position after the last one applied. */
  public Membership membership() {
    return membership;
  }

  /** The membership before that; empty if the log that is kept begins after it. */
  Optional<Membership> before() {
    return before;
  }
}
