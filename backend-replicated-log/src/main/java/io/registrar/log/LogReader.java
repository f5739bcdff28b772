package io.registrar.log;

import io.registrar.log.node.Deadline;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Position;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads what was appended. Disturbs nobody. Thread-safe. */
public final class LogReader {
  private static final int READ_BYTES = 1 << 20;

  private final ReplicaLoop loop;
  private final EntryWatch watch;

  LogReader(ReplicaLoop loop, EntryWatch watch) {
    this.loop = loop;
    this.watch = watch;
  }

  /** The first position that is kept; 0 while this member has no log. */
  public long begin() {
    return loop.status().footing().map(footing -> footing.base().begin().value()).orElse(0L);
  }

  /**
   * The last position that was chosen before the call, by any writer: a majority is asked.
   *
   * @throws LogUnavailableException it could not be found out in time
   */
  public long end(Duration timeout) throws LogException {
    Deadline deadline = Deadline.after(timeout);
    try {
      if (loop.await(loop.ask(Input.Read::new), deadline.leftNanos())
          instanceof Delivery.Readable readable) {
        return readable.position().value();
      }
    } catch (ReplicaEndedException e) {
      throw new LogUnavailableException(String.valueOf(e.getMessage()), e);
    }
    throw new LogUnavailableException(
        "how far the log goes was not found out within " + deadline, null);
  }

  /**
   * The entries from one position through another, in order. It waits until this member has learned
   * that far.
   *
   * @param from 0 for the first that is kept
   * @throws EntriesGoneException some of them have been truncated
   * @throws LogUnavailableException this member did not learn that far in time
   */
  public List<LogEntry> read(long from, long through, Duration timeout) throws LogException {
    Deadline deadline = Deadline.after(timeout);
    await(through - 1, deadline);
    if (watch.last() < through) {
      throw new LogUnavailableException(
          "this member knows the log through " + watch.last() + ", not " + through, null);
    }
    long at = from == 0 ? begin() : from;
    List<LogEntry> found = new ArrayList<>();
    while (at <= through) {
      at = readOn(at, through, found);
    }
    return found;
  }

  /**
   * Waits for the next entry after a position, as a tail does: begin with 0 or what was read last.
   *
   * @return the entries after it that are known, in order; empty if none came in time
   * @throws EntriesGoneException the position after it has been truncated
   */
  public List<LogEntry> tail(long after, Duration timeout) throws LogException {
    Deadline deadline = Deadline.after(timeout);
    List<LogEntry> found = new ArrayList<>();
    long at = after;
    while (found.isEmpty() && !deadline.hasPassed() && !watch.isOver()) {
      await(at, deadline);
      long next = at == 0 ? begin() : at + 1;
      if (next > 0 && watch.last() >= next) {
        at = readOn(next, watch.last(), found) - 1;
      }
    }
    return found;
  }

  private void await(long beyond, Deadline deadline) throws LogUnavailableException {
    try {
      watch.awaitBeyond(beyond, deadline.leftNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted while waiting for the log to grow", e);
    }
  }

  /** Answers the position after the last one that was looked at. */
  private long readOn(long from, long through, List<LogEntry> found) throws LogException {
    if (from < begin()) {
      throw new EntriesGoneException(from, begin());
    }
    List<Entry> entries;
    try {
      entries = loop.read(new Position(from), new Position(through), READ_BYTES);
    } catch (IOException e) {
      if (from < begin()) {
        throw new EntriesGoneException(from, begin());
      }
      throw new LogUnavailableException("the log cannot be read at " + from, e);
    }
    long at = from;
    for (Entry entry : entries) {
      if (entry.content() instanceof Content.Append append && watch.counts(at)) {
        found.add(new LogEntry(at, append.payload().toArray()));
      }
      at++;
    }
    return at;
  }
}
