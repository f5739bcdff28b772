package io.registrar.log.registry;

import io.registrar.log.node.Deadline;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.LogBase;
import io.registrar.log.paxos.Settlement;
import io.registrar.log.replica.ReplicaEndedException;
import io.registrar.log.replica.ReplicaLoop;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the log when its tail has outgrown the state: writes the state as chunks, one entry at a
 * time, so that commits go on in between, and then the cut. Done by whoever has the session; in a
 * thread of its own, from a state that does not change.
 */
final class SnapshotWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

  /** A tail that is never worth a snapshot. */
  private static final long LEAST_TAIL = 2L << 20;

  /** Small, for a commit may have to wait for one. */
  private static final int CHUNK_BYTES = 256 << 10;

  private static final long LOOK_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The state, and what it stands on, at one moment. */
  private record Moment(LogBase base, RegistryState state) {}

  private final ReplicaLoop loop;
  private final StateKeeper keeper;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long epoch;

  SnapshotWriter(ReplicaLoop loop, StateKeeper keeper) {
    this.loop = loop;
    this.keeper = keeper;
    this.thread = new Thread(this::run, "log-snapshots");
    thread.setDaemon(true);
    thread.start();
  }

  /** This member has a session of this epoch, and is to cut the log while it is the latest. */
  void leads(long newEpoch) {
    epoch = newEpoch;
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (isDue()) {
          cut();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the storage was closed while the log was being cut");
    } catch (ReplicaEndedException e) {
      LOG.debug("the log has ended", e);
    }
  }

  private boolean isDue() {
    return keeper.epoch() == epoch
        && keeper.tailBytes() > Math.max(LEAST_TAIL, keeper.bytes())
        && !loop.status().hasEnded();
  }

  private void cut() throws InterruptedException, ReplicaEndedException {
    Optional<Moment> moment =
        loop.between(this::moment, PATIENCE.toNanos()).flatMap(found -> found);
    if (moment.isEmpty()) {
      return;
    }
    LogBase base = moment.get().base();
    long session = base.epoch();
    List<Contents> chunks = chunks(moment.get().state());
    int written = 0;
    for (Contents chunk : chunks) {
      Content.Chunk entry =
          new Content.Chunk(session, base.begin(), written, ContentsCodec.encode(chunk));
      if (session != epoch || !propose(entry)) {
        LOG.info("the snapshot at position {} is given up", base.begin().value());
        return;
      }
      written++;
    }
    if (propose(new Content.Cut(session, base, written))) {
      LOG.info("the log is cut below position {}", base.begin().value());
    }
  }

  /** On the replica's thread: the state is that of the base only if all was delivered. */
  private Optional<Moment> moment() {
    return loop.base()
        .filter(base -> base.begin().equals(keeper.applied().next()))
        .filter(base -> base.epoch() == epoch)
        .map(base -> new Moment(base, keeper.state()));
  }

  private boolean propose(Content.OfApplication content)
      throws InterruptedException, ReplicaEndedException {
    Deadline deadline = Deadline.after(PATIENCE);
    if (closed.getCount() == 0) {
      throw new InterruptedException("the storage is being closed");
    }
    Delivery end =
        loop.await(loop.ask(request -> new Input.Propose(request, content)), deadline.leftNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException("the storage is being closed");
    }
    return end instanceof Delivery.Settled settled
        && settled.settlement() instanceof Settlement.Taken;
  }

  /**
   * The records in pieces; one at least, which carries the header also where there is no record.
   */
  static List<Contents> chunks(RegistryState state) {
    List<Contents> chunks = new ArrayList<>();
    List<StoredRecord> records = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<RecordKey, byte[]> entry : state.records()) {
      StoredRecord next = new StoredRecord(entry.getKey(), entry.getValue());
      if (!records.isEmpty() && bytes + next.countedBytes() > CHUNK_BYTES) {
        chunks.add(new Contents(state.header(), records, List.of()));
        records = new ArrayList<>();
        bytes = 0;
      }
      records.add(next);
      bytes += next.countedBytes();
    }
    chunks.add(new Contents(state.header(), records, List.of()));
    return chunks;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
