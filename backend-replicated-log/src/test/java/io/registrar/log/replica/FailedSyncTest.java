package io.registrar.log.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.disk.DamagedPlace;
import io.registrar.log.disk.RecordStore;
import io.registrar.log.disk.SegmentSizes;
import io.registrar.log.disk.SegmentedStore;
import io.registrar.log.net.AddressBook;
import io.registrar.log.net.NoPeers;
import io.registrar.log.node.Pace;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Damage;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.EnsembleId;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Footing;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Membership;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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
    try (FailingStore store = new FailingStore(open());
        ReplicaLoop loop = start(store)) {
      long epoch = acquire(loop);
      append(loop, epoch, 1);
      store.failing = Failing.SYNC;
      assertThatThrownBy(() -> append(loop, epoch, 2))
          .isInstanceOf(ReplicaEndedException.class)
          .hasMessageContaining("the log's store has failed: the disk fails")
          .hasMessageContaining("close the storage and open it again");
      mustHaveEnded(loop, store);
    }
    mustHoldWhatWasAcknowledged();
  }

  @Test
  void afterAFailedWriteNothingIsAcknowledgedAndEveryCallSaysWhy() throws Exception {
    try (FailingStore store = new FailingStore(open());
        ReplicaLoop loop = start(store)) {
      long epoch = acquire(loop);
      append(loop, epoch, 1);
      store.failing = Failing.WRITE;
      assertThatThrownBy(() -> append(loop, epoch, 2))
          .isInstanceOf(ReplicaEndedException.class)
          .hasMessageContaining("the log's store has failed: the disk fails");
      mustHaveEnded(loop, store);
    }
    mustHoldWhatWasAcknowledged();
  }

  /** The disk is well again, and nobody may take that for an answer. */
  private void mustHaveEnded(ReplicaLoop loop, FailingStore store) throws Exception {
    store.failing = Failing.NOTHING;
    long touched = store.touched;
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
    assertThat(store.touched).as("the disk is left alone").isEqualTo(touched);
  }

  private void mustHoldWhatWasAcknowledged() throws Exception {
    try (FailingStore store = new FailingStore(open());
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
    Content.Append entry =
        new Content.Append(epoch, version - 1, version, Bytes.of(new byte[] {(byte) version}));
    Delivery end = loop.await(loop.ask(request -> new Input.Propose(request, entry)), CALL);
    assertThat(((Delivery.Settled) end).settlement()).isInstanceOf(Settlement.Taken.class);
    acknowledged.add(Long.toString(version));
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
            new Indifferent());
    loop.start();
    return loop;
  }

  /** What fails from now on. */
  private enum Failing {
    NOTHING,
    WRITE,
    SYNC
  }

  private static final class FailingStore implements RecordStore {
    private final RecordStore store;
    private volatile Failing failing = Failing.NOTHING;
    private volatile long touched;

    FailingStore(RecordStore store) {
      this.store = store;
    }

    private void touch(Failing what) throws IOException {
      touched++;
      if (failing == what) {
        throw new IOException("the disk fails");
      }
    }

    @Override
    public Iterable<DurableRecord> survived() {
      return store.survived();
    }

    @Override
    public Damage damage() {
      return store.damage();
    }

    @Override
    public List<DamagedPlace> damagedPlaces() {
      return store.damagedPlaces();
    }

    @Override
    public void append(List<DurableRecord> records, Supplier<List<DurableRecord>> checkpoint)
        throws IOException {
      touch(Failing.WRITE);
      store.append(records, checkpoint);
    }

    @Override
    public void sync() throws IOException {
      touch(Failing.SYNC);
      store.sync();
    }

    @Override
    public List<Entry> read(Position from, Position through, int most) throws IOException {
      return store.read(from, through, most);
    }

    @Override
    public void truncate(Footing footing) throws IOException {
      store.truncate(footing);
    }

    @Override
    public void setAside() throws IOException {
      store.setAside();
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }

  private static final class NoMemory implements LogMemory {
    @Override
    public Optional<EnsembleId> ensemble() {
      return Optional.empty();
    }

    @Override
    public Damage meaningOfEmpty() {
      return Damage.none();
    }

    @Override
    public void keep(EnsembleId ensemble, Membership membership, AddressBook addresses) {
      // The store is never empty after this.
    }
  }

  private static final class Indifferent implements LogFollower {
    @Override
    public void standsOn(Footing footing) {
      // What is read is the replica's status.
    }

    @Override
    public void chosen(Position position, Entry entry, Delivery.Effect effect) {
      // As above.
    }

    @Override
    public void told(Delivery delivery) {
      // As above.
    }

    @Override
    public void noted(MemberId from, Bytes note) {
      // Nobody is there.
    }

    @Override
    public void ended() {
      // The status tells.
    }
  }
}
