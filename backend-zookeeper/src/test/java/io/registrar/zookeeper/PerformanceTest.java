package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.UpdateAgent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.Batch;
import io.registrar.spi.Floor;
import io.registrar.spi.Header;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast it is, beside bare requests through the same client in the same run. */
@Tag("full")
class PerformanceTest {
  private static final int RECORD_BYTES = 300;
  private static final int AGENTS = 100_000;

  /** A master has committed for long; the first thousands run in code that is not compiled yet. */
  private static final int WARM_UP = 10_000;

  private static final int WARM_UP_CHUNKS = 150;

  private static final double LEAST_SHARE = 0.5;

  private static final Principal OPERATOR = new Principal("operator");

  private final byte[] value = new byte[RECORD_BYTES];
  private TestingServer server;
  private Ensemble ensemble;
  private ZooKeeperStorage storage;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(value);
    server = new TestingServer();
    Address address = Address.parse("zk://" + server.getConnectString() + "/bench");
    Connection connection =
        new Connection(
            address, Optional.empty(), Access.OPEN, Duration.ofSeconds(10), Optional.empty());
    Deadline deadline = Deadline.after(Registries.TIMEOUT);
    ensemble = Ensemble.connect(connection, MessageBudget.DEFAULT_BYTES, deadline);
    Layout layout = Layout.of(address.path(), RegistryName.DEFAULT);
    new RegistryTree(ensemble, layout, RegistryName.DEFAULT).open(deadline);
    storage =
        new ZooKeeperStorage(
            ensemble,
            layout,
            MessageBudget.of(MessageBudget.DEFAULT_BYTES, layout.root(), Access.OPEN));
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    server.close();
  }

  @Test
  void aHundredThousandAgentsAreRecovered() throws Exception {
    StorageSession writer = Registries.lead(storage);
    for (int from = 0; from < AGENTS; from += 1000) {
      Batch.Builder batch = Batch.of(Header.EMPTY);
      for (int i = from; i < from + 1000; i++) {
        batch.put(Registries.key("agent-" + i + ".example.org"), value);
      }
      writer.commit(batch.build(), Registries.TIMEOUT);
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long begin = System.nanoTime();
      StorageSession session = storage.acquire("bench", Floor.NONE, Registries.TIMEOUT);
      int records = 0;
      while (session.snapshot().next().isPresent()) {
        records++;
      }
      long took = System.nanoTime() - begin;
      begin = System.nanoTime();
      storage.read(Registries.TIMEOUT).close();
      System.out.printf(
          "recovered %d records in %d ms; read() took %d ms%n",
          records, took / 1_000_000, (System.nanoTime() - begin) / 1_000_000);
      assertThat(records).isEqualTo(AGENTS);
      best = Math.min(best, took);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void oneCallersCommitBesideABareSetData() throws Exception {
    ZooKeeper bare = ensemble.curator().getZookeeperClient().getZooKeeper();
    bare.create("/bare", value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    StorageSession session = Registries.lead(storage);
    List<Long> bares = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    for (int i = 0; i < WARM_UP; i++) {
      bare.setData("/bare", value, -1);
      session.commit(batch(1, 0), Registries.TIMEOUT);
    }
    for (int i = 0; i < 4000; i++) {
      bares.add(timed(() -> bare.setData("/bare", value, -1)));
      ours.add(timed(() -> session.commit(batch(1, 0), Registries.TIMEOUT)));
    }
    report("one record", ours, bares);
    assertThat((double) p50(ours) / p50(bares)).isLessThan(1.3);
  }

  @Test
  void sixtyFourRecordsBesideABareMulti() throws Exception {
    ZooKeeper bare = ensemble.curator().getZookeeperClient().getZooKeeper();
    List<Op> multi = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      bare.create("/bare" + i, value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      multi.add(Op.setData("/bare" + i, value, -1));
    }
    StorageSession session = Registries.lead(storage);
    List<Long> bares = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      bares.add(timed(() -> bare.multi(multi)));
      ours.add(timed(() -> session.commit(batch(64, 0), Registries.TIMEOUT)));
    }
    report("64 records", ours, bares);
    assertThat((double) p50(ours) / p50(bares)).isLessThan(2);
  }

  @Test
  void sixtyFourCallersShareTheirCommits() throws Exception {
    ZooKeeper bare = ensemble.curator().getZookeeperClient().getZooKeeper();
    List<Op> multi = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      bare.create("/bare" + i, value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      multi.add(Op.setData("/bare" + i, value, -1));
    }
    RegistrarOptions options = RegistrarOptions.leading(new MasterInfo("m1", "m1", "", "")).build();
    try (Registrar registrar = Registrar.recover(storage, options)) {
      for (int i = 0; i < 64; i++) {
        registrar.apply(new AdmitAgent("a" + i, info(0)), OPERATOR).get(20, TimeUnit.SECONDS);
      }
      long bares = 0;
      long ours = 0;
      int chunks = 60;
      int each = 20;
      for (int chunk = -WARM_UP_CHUNKS; chunk < chunks; chunk++) {
        long begin = System.nanoTime();
        for (int n = 0; n < each; n++) {
          bare.multi(multi);
        }
        long between = System.nanoTime();
        List<CompletableFuture<?>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          callers.add(caller(registrar, "a" + i, chunk * each, each));
        }
        CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))
            .get(60, TimeUnit.SECONDS);
        if (chunk >= 0) {
          bares += between - begin;
          ours += System.nanoTime() - between;
        }
      }
      double operations = 64e9 * chunks * each;
      System.out.printf(
          "64 callers: %.0f operations/s; bare multis of 64 setData %.0f/s; rate ratio %.2f%n",
          operations / ours, operations / bares, (double) bares / ours);
      assertThat((double) bares / ours).isGreaterThan(LEAST_SHARE);
    }
  }

  /** One that sends its next operation when it has the answer to the last. */
  private static CompletableFuture<?> caller(Registrar registrar, String id, int from, int left) {
    return left == 0
        ? CompletableFuture.completedFuture(null)
        : registrar
            .apply(new UpdateAgent(id, info(from)), OPERATOR)
            .thenCompose(outcome -> caller(registrar, id, from + 1, left - 1));
  }

  /** About as long as the bare value, as JSON. */
  private static AgentInfo info(int n) {
    return new AgentInfo(
        "host",
        5051,
        Map.of("n", "" + n, "rack", "r".repeat(150)),
        Map.of("cpus", 4.0, "mem", 1024.0, "disk", 1e6));
  }

  private Batch batch(int records, int from) {
    Batch.Builder batch = Batch.of(Header.of(new byte[200]));
    for (int i = from; i < from + records; i++) {
      batch.put(Registries.key("agent-" + i), value);
    }
    return batch.build();
  }

  private interface Step {
    void run() throws Exception;
  }

  private static long timed(Step step) throws Exception {
    long begin = System.nanoTime();
    step.run();
    return System.nanoTime() - begin;
  }

  private static void report(String what, List<Long> ours, List<Long> bares) {
    System.out.printf(
        "%s: p50 %d us, bare %d us, ratio %.2f%n",
        what, p50(ours) / 1000, p50(bares) / 1000, (double) p50(ours) / p50(bares));
  }

  private static long p50(List<Long> nanos) {
    long[] sorted = nanos.stream().skip(nanos.size() / 10).mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
