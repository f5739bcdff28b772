package io.registrar.log;

import io.registrar.log.node.Deadline;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Ledger;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaLoop;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one who appends, until another writer begins. Calls of several threads take turns. After
 * {@link WriterLostException} or {@link AppendUnknownException} it is over, and every later call
 * fails at once.
 */
public final class LogWriter {
  /** The largest entry, in bytes. */
  public static final int MOST_BYTES = 3 << 20;

  private static final int READ_BYTES = 1 << 20;

  private final ReplicaLoop loop;
  private final long epoch;
  private long version;
  private @Nullable LogException over;

  LogWriter(ReplicaLoop loop, EntryWatch watch, long epoch) {
    this.loop = loop;
    this.epoch = epoch;
    this.version = watch.version();
  }

  /**
   * Appends an entry: on return a majority of the members has synced it.
   *
   * @param content at most {@value #MOST_BYTES} bytes; copied
   * @return its position, above every earlier one
   * @throws WriterLostException another writer has begun; nothing was appended
   * @throws LogUnavailableException nothing was appended; try again
   * @throws AppendUnknownException it may have been appended
   * @throws IllegalArgumentException it is too large
   */
  public synchronized long append(byte[] content, Duration timeout) throws LogException {
    if (content.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "an entry has at most " + MOST_BYTES + " bytes, and this one " + content.length);
    }
    Content.Append entry = new Content.Append(epoch, version, version + 1, Bytes.of(content));
    long position = propose(entry, "an append", Deadline.after(timeout));
    version++;
    return position;
  }

  /**
   * Lets go of every entry before a position; what is kept for those stays with the caller, such as
   * a later entry that sums them up. Disk space is given back in whole files.
   *
   * @param position the first one to keep, at most one beyond the last
   * @throws LogException as {@link #append}
   */
  public synchronized void truncate(long position, Duration timeout) throws LogException {
    Deadline deadline = Deadline.after(timeout);
    Footing footing =
        loop.status()
            .footing()
            .orElseThrow(() -> new LogUnavailableException("this member has no log yet", null));
    if (position <= footing.base().begin().value()) {
      return;
    }
    if (position > loop.status().chosen().value() + 1) {
      throw new IllegalArgumentException(
          "the log ends at " + loop.status().chosen().value() + ", before " + position);
    }
    LogBase base = baseAt(footing.base(), new Position(position));
    propose(new Content.Chunk(epoch, base.begin(), 0, Bytes.EMPTY), "a truncation", deadline);
    propose(new Content.Cut(epoch, base, 1), "a truncation", deadline);
  }

  private LogBase baseAt(LogBase from, Position begin) throws LogUnavailableException {
    Ledger ledger = new Ledger(from);
    Position at = from.begin();
    try {
      while (begin.isAfter(at)) {
        for (Entry entry : loop.read(at, begin.previous(), READ_BYTES)) {
          ledger.apply(at, entry.content());
          at = at.next();
        }
      }
    } catch (IOException e) {
      throw new LogUnavailableException("the log cannot be read at " + at.value(), e);
    }
    return new LogBase(
        from.ensemble(), begin, ledger.membership(), ledger.epoch(), ledger.version());
  }

  private long propose(Content.OfApplication content, String what, Deadline deadline)
      throws LogException {
    LogException before = over;
    if (before instanceof WriterLostException) {
      throw new WriterLostException(String.valueOf(before.getMessage()));
    } else if (before != null) {
      throw new LogUnavailableException("this writer is over; begin a new one", before);
    }
    try {
      Delivery end =
          loop.await(
              loop.ask(request -> new Input.Propose(request, content)), deadline.leftNanos());
      if (end instanceof Delivery.Settled settled
          && settled.settlement() instanceof Settlement.Taken taken) {
        return taken.position().value();
      }
      throw end(ReplicatedLog.refused(((Delivery.Settled) end).settlement(), what));
    } catch (ReplicaEndedException e) {
      throw end(new AppendUnknownException(what + " was in flight: " + e.getMessage(), e));
    }
  }

  private LogException end(LogException failure) {
    if (!(failure instanceof LogUnavailableException)) {
      over = failure;
    }
    return failure;
  }
}
