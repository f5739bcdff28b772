package io.registrar.log.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.disk.RecordStore;
import io.registrar.log.disk.SegmentSizes;
import io.registrar.log.disk.SegmentedStore;
import io.registrar.log.net.NoPeers;
import io.registrar.log.node.Pace;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sync or a write that fails ends the replica for good, and nothing else. */
@Timeout(120)
class FailedSyncTest {
  private static final MemberId SELF = new MemberId(1);
  private static final long CALL = Duration.ofSeconds(60).toNanos();

  @TempDir private Path root;

  private final List<String> acknowledged = new ArrayList<>();

  @Test
  void afterAFailedSyncNothingIsAcknowledgedAndEveryCallSaysWhy() throws Exception {
    FailingDisk disk = new FailingDisk();
    try (RecordStore store = new WatchedStore(open(), disk);
        ReplicaLoop loop = start(store)) {
      long epoch = acquire(loop);
      append(loop, epoch, 1);
      disk.failing = Failing.SYNC;
      mustNotBeAcknowledged(loop, epoch, 2);
      mustHaveEnded(loop, disk);
    }
    mustHoldWhatWasAcknowledged();
  }

  @Test
  void afterAFailedWriteNothingIsAcknowledgedAndEveryCallSaysWhy() throws Exception {
    FailingDisk disk = new FailingDisk();
    try (RecordStore store = new WatchedStore(open(), disk);
        ReplicaLoop loop = start(store)) {
      long epoch = acquire(loop);
      append(loop, epoch, 1);
      disk.failing = Failing.WRITE;
      mustNotBeAcknowledged(loop, epoch, 2);
      mustHaveEnded(loop, disk);
    }
    mustHoldWhatWasAcknowledged();
  }

  /** The disk is well again, and nobody may take that for an answer. */
  private void mustHaveEnded(ReplicaLoop loop, FailingDisk disk) throws Exception {
    disk.failing = Failing.NOTHING;
    long touched = disk.touched;
    ReplicaStatus status = loop.await(ReplicaStatus::hasEnded, CALL);
    assertThat(status.failure()).isInstanceOf(IOException.class).hasMessage("the disk fails");
    assertThat(status.votes()).isFalse();
    Delivery late = loop.await(loop.ask(Input.Read::new), CALL);
    assertThat(late)
        .isInstanceOfSatisfying(
            Delivery.Settled.class,
            settled ->
                assertThat(settled.settlement())
                    .as("certainly without effect: the replica never knew of it")
                    .isEqualTo(new Settlement.Refused(Settlement.Reason.WITHDRAWN)));
    assertThat(loop.campaign(0)).isEmpty();
    assertThat(disk.touched).as("the disk is left alone").isEqualTo(touched);
  }

  private void mustHoldWhatWasAcknowledged() throws Exception {
    try (RecordStore store = open();
        ReplicaLoop loop = start(store)) {
      long epoch = acquire(loop);
      long version = loop.status().base().orElseThrow().version();
      assertThat(acknowledged).containsExactly("1");
      assertThat(version).as("acknowledged, and at most the one in doubt").isBetween(1L, 2L);
      append(loop, epoch, version + 1);
    }
  }

  private long acquire(ReplicaLoop loop) throws Exception {
    assertThat(loop.await(ReplicaStatus::votes, CALL).votes()).isTrue();
    Bytes owner = Bytes.of(new byte[] {1});
    Delivery end = loop.await(loop.ask(request -> new Input.Acquire(request, owner, 0)), CALL);
    return ((Delivery.Acquired) end).epoch();
  }

  private void append(ReplicaLoop loop, long epoch, long version) throws Exception {
    assertThat(settlement(loop, epoch, version)).isInstanceOf(Settlement.Taken.class);
    acknowledged.add(Long.toString(version));
  }

  /** The replica may have met the disk by itself, at a tick, before it was asked. */
  private static void mustNotBeAcknowledged(ReplicaLoop loop, long epoch, long version) {
    try {
      assertThat(settlement(loop, epoch, version))
          .isEqualTo(new Settlement.Refused(Settlement.Reason.WITHDRAWN));
    } catch (ReplicaEndedException e) {
      assertThat(e)
          .hasMessageContaining("the log's store has failed: the disk fails")
          .hasMessageContaining("close the storage and open it again");
    }
  }

  private static Settlement settlement(ReplicaLoop loop, long epoch, long version)
      throws ReplicaEndedException {
    Content.Append entry =
        new Content.Append(epoch, version - 1, version, Bytes.of(new byte[] {(byte) version}));
    Delivery end = loop.await(loop.ask(request -> new Input.Propose(request, entry)), CALL);
    return ((Delivery.Settled) end).settlement();
  }

  private RecordStore open() throws IOException {
    return SegmentedStore.open(root.resolve("log"), SELF, SegmentSizes.DEFAULT);
  }

  private static ReplicaLoop start(RecordStore store) throws IOException {
    ReplicaConfig config =
        ReplicaConfig.of(SELF, new TreeSet<>(Set.of(SELF))).withTiming(Pace.DEFAULT.timing());
    ReplicaLoop loop =
        ReplicaLoop.restore(
            new ReplicaSetup(
                config,
                Pace.DEFAULT.tick(),
                store,
                new NoMemory(),
                new NoPeers(),
                new Random(7)::nextLong),
            new IndifferentFollower());
    loop.start();
    return loop;
  }

  /** What fails from now on. */
  private enum Failing {
    NOTHING,
    WRITE,
    SYNC
  }

  private static final class FailingDisk implements WatchedStore.Watch {
    private volatile Failing failing = Failing.NOTHING;
    private volatile long touched;

    @Override
    public void appending(List<DurableRecord> records) throws IOException {
      touch(Failing.WRITE);
    }

    @Override
    public void syncing() throws IOException {
      touch(Failing.SYNC);
    }

    private void touch(Failing what) throws IOException {
      touched++;
      if (failing == what) {
        throw new IOException("the disk fails");
      }
    }
  }
}
