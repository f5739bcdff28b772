package io.registrar.log.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.disk.SegmentSizes;
import io.registrar.log.disk.SegmentedStore;
import io.registrar.log.net.AddressBook;
import io.registrar.log.net.PeerNetwork;
import io.registrar.log.node.Pace;
import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.Content;
import io.registrar.log.paxos.Delivery;
import io.registrar.log.paxos.DurableRecord;
import io.registrar.log.paxos.Entry;
import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.Position;
import io.registrar.log.paxos.ReplicaConfig;
import io.registrar.log.paxos.Settlement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A follower takes up what was chosen only after its vote on what follows has left. */
@Timeout(120)
class VotesFirstTest {
  private static final MemberId LEADS = new MemberId(1);
  private static final MemberId FOLLOWS = new MemberId(2);
  private static final long CALL = Duration.ofSeconds(60).toNanos();
  private static final int APPENDS = 30;

  @TempDir private Path root;

  private final Map<MemberId, PeerNetwork.Receiver> connected = new ConcurrentHashMap<>();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void nothingIsTakenUpBetweenAVoteAndItsSync() throws Exception {
    try (ReplicaLoop follower = start(FOLLOWS);
        ReplicaLoop leader = start(LEADS)) {
      assertThat(leader.await(ReplicaStatus::votes, CALL).votes()).isTrue();
      long epoch = acquire(leader);
      for (int version = 1; version <= APPENDS; version++) {
        append(leader, epoch, version);
      }
      long last = leader.status().chosen().value();
      follower.await(status -> status.chosen().value() >= last, CALL);
    }
    assertThat(done).contains("vote", "sync", "take up");
    for (int i = 1; i < done.size(); i++) {
      if (done.get(i).equals("take up")) {
        assertThat(done.get(i - 1)).as("before step %d of %s", i, done).isNotEqualTo("vote");
      }
    }
  }

  private static long acquire(ReplicaLoop loop) throws Exception {
    Bytes owner = Bytes.of(new byte[] {1});
    Delivery end = loop.await(loop.ask(request -> new Input.Acquire(request, owner, 0)), CALL);
    return ((Delivery.Acquired) end).epoch();
  }

  private static void append(ReplicaLoop loop, long epoch, long version) throws Exception {
    Content.Append entry = new Content.Append(epoch, version - 1, version, Bytes.EMPTY);
    Delivery end = loop.await(loop.ask(request -> new Input.Propose(request, entry)), CALL);
    assertThat(((Delivery.Settled) end).settlement()).isInstanceOf(Settlement.Taken.class);
  }

  private ReplicaLoop start(MemberId self) throws Exception {
    ReplicaConfig config =
        ReplicaConfig.of(self, new TreeSet<>(Set.of(LEADS, FOLLOWS)))
            .withTiming(Pace.DEFAULT.timing());
    SegmentedStore store =
        SegmentedStore.open(root.resolve("log-" + self), self, SegmentSizes.DEFAULT);
    boolean watched = self.equals(FOLLOWS);
    ReplicaLoop loop =
        ReplicaLoop.restore(
            new ReplicaSetup(
                config,
                Pace.DEFAULT.tick(),
                watched ? new WatchedStore(store, new Watch()) : store,
                new NoMemory(),
                new Wire(self),
                new Random(self.value())::nextLong),
            watched ? new Follower() : new IndifferentFollower());
    loop.start();
    return loop;
  }

  private final class Watch implements WatchedStore.Watch {
    @Override
    public void appending(List<DurableRecord> records) {
      if (records.stream().anyMatch(DurableRecord.Accepted.class::isInstance)) {
        done.add("vote");
      }
    }

    @Override
    public void syncing() {
      done.add("sync");
    }
  }

  private final class Follower extends IndifferentFollower {
    @Override
    public void chosen(Position position, Entry entry, Delivery.Effect effect) {
      done.add("take up");
    }
  }

  /** Hands frames over at once. */
  private final class Wire implements PeerNetwork {
    private final MemberId self;
    private final AddressBook addresses = new AddressBook();

    Wire(MemberId self) {
      this.self = self;
    }

    @Override
    public void start(Receiver receiver) {
      connected.put(self, receiver);
    }

    @Override
    public void send(MemberId to, Bytes frame) {
      Receiver receiver = connected.get(to);
      if (receiver != null) {
        receiver.received(self, frame);
      }
    }

    @Override
    public AddressBook addresses() {
      return addresses;
    }

    @Override
    public void close() {
      connected.remove(self);
    }
  }
}
