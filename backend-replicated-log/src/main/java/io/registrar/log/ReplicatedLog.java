package io.registrar.log;

import io.registrar.log.node.Deadline;
import io.registrar.log.node.LogNode;
import io.registrar.log.node.LogOptions;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One member of a log of arbitrary entries, as a framework may use it for its own state: what is
 * appended is kept by a majority of the members before {@link LogWriter#append} returns, in one
 * order, and one writer at a time appends.
 *
 * <pre>{@code
 * try (ReplicatedLog log = ReplicatedLog.open(LogOptions.alone(directory))) {
 *   LogWriter writer = log.writer("scheduler-1", Duration.ofSeconds(10));
 *   long position = writer.append(bytes, Duration.ofSeconds(5));
 *   List<LogEntry> all = log.reader().read(0, position, Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ReplicatedLog implements AutoCloseable {
  private final LogNode node;
  private final EntryWatch watch;

  private ReplicatedLog(LogNode node, EntryWatch watch) {
    this.node = node;
    this.watch = watch;
  }

  /**
   * Opens a member; does not wait for the others.
   *
   * @throws IOException the directory is in use or cannot be written, or the address is taken
   */
  public static ReplicatedLog open(LogOptions options) throws IOException {
    EntryWatch watch = new EntryWatch();
    return new ReplicatedLog(LogNode.open(options, watch), watch);
  }

  /**
   * Begins to write: every earlier writer, wherever it is, can append nothing more.
   *
   * @param owner who writes, for people to read; at most 256 characters
   * @throws LogUnavailableException no majority was reached in time; an earlier writer may have
   *     been ended nevertheless
   */
  public LogWriter writer(String owner, Duration timeout) throws LogException {
    Deadline deadline = Deadline.after(timeout);
    Bytes name = Bytes.of(owner.getBytes(StandardCharsets.UTF_8));
    awaitVote(deadline);
    Delivery end;
    try {
      end =
          node.loop()
              .await(
                  node.loop().ask(request -> new Input.Acquire(request, name, 0)),
                  deadline.leftNanos());
    } catch (ReplicaEndedException e) {
      throw new LogUnavailableException(String.valueOf(e.getMessage()), e);
    }
    if (end instanceof Delivery.Acquired acquired) {
      return new LogWriter(node.loop(), watch, acquired.epoch());
    }
    throw new LogUnavailableException("no writer began within " + deadline + ": " + end, null);
  }

  /** Reads what was appended, by whomever. */
  public LogReader reader() {
    return new LogReader(node.loop(), watch);
  }

  /** How this member stands. */
  public ReplicaStatus status() {
    return node.loop().status();
  }

  private void awaitVote(Deadline deadline) throws LogUnavailableException {
    try {
      ReplicaStatus status =
          node.loop().await(it -> it.votes() || it.hasEnded(), deadline.leftNanos());
      if (!status.votes()) {
        throw new LogUnavailableException(
            "this member does not vote (" + status.phase() + ") and did not within " + deadline,
            status.failure());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted while waiting for the log", e);
    }
  }

  /** What a refusal means to a writer. */
  static LogException refused(Settlement settlement, String what) {
    if (settlement instanceof Settlement.Refused refused) {
      return switch (refused.reason()) {
        case FENCED, STALE_VERSION, NO_EFFECT ->
            new WriterLostException(what + ": another writer has begun");
        default -> new LogUnavailableException(what + " was refused: " + refused.reason(), null);
      };
    }
    return new AppendUnknownException(what + " was proposed, and not answered in time", null);
  }

  /** Ends this member's part; the log goes on with the others. Idempotent. */
  @Override
  public void close() {
    node.close();
  }
}
