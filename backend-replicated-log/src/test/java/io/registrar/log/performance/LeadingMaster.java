package io.registrar.log.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.log.registry.ReplicatedLogStorageProvider;
import io.registrar.operation.AdmitAgent;
import io.registrar.operation.UpdateAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.Storage;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A registrar that leads in this process; the log's other members are processes of their own. */
final class LeadingMaster implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int AGENTS = 2_000;

  /** As a master runs that is meant to stay; other tests' children are to start fast. */
  private static final List<String> AS_A_MASTER = List.of("-XX:TieredStopAtLevel=4");

  private final List<ChildJvm> others = new ArrayList<>();
  private final Storage storage;
  private final Registrar registrar;
  private final AtomicLong number = new AtomicLong(AGENTS);

  /** Founds a log of so many members below a directory, and leads it. */
  LeadingMaster(Path directory, int members) throws Exception {
    List<StorageTarget> targets = targets(directory, members);
    for (StorageTarget other : targets.subList(1, members)) {
      others.add(ChildJvm.start(MemberProcess.class, LIFE, AS_A_MASTER, other.toArguments()));
    }
    storage = targets.get(0).open();
    for (ChildJvm other : others) {
      other.await("open");
    }
    registrar =
        Registrar.recover(
            storage, RegistrarOptions.leading(new MasterInfo("m", "localhost", "", "")).build());
    fill();
  }

  private static List<StorageTarget> targets(Path directory, int members) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (int member = 1; member <= members; member++) {
      addresses.add(member + "@127.0.0.1:" + freePort());
    }
    List<StorageTarget> targets = new ArrayList<>();
    for (int member = 1; member <= members; member++) {
      Path work = Files.createDirectories(directory.resolve("member-" + member));
      StorageTarget alone =
          StorageTarget.of(ReplicatedLogStorageProvider.class, work)
              .with("log_replica_id", String.valueOf(member));
      targets.add(members == 1 ? alone : alone.with("log_members", String.join(",", addresses)));
    }
    return targets;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void fill() {
    List<CompletableFuture<Outcome<Agent>>> admitted = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      admitted.add(registrar.apply(new AdmitAgent("agent-" + i, info(i)), Principal.MASTER));
    }
    admitted.forEach(CompletableFuture::join);
  }

  /** Changes one agent, and waits until that is durable. */
  void update() throws Exception {
    assertThat(registrar.applyAndWait(next(), Principal.MASTER))
        .isInstanceOf(Outcome.Applied.class);
  }

  /** What so many callers, each of whom waits for its answer, get done in a second. */
  double perSecond(int callers, Duration how) throws InterruptedException {
    AtomicLong done = new AtomicLong();
    CountDownLatch finished = new CountDownLatch(callers);
    long start = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      next(done, start + how.toNanos(), finished);
    }
    finished.await();
    return done.get() * 1e9 / (System.nanoTime() - start);
  }

  private void next(AtomicLong done, long end, CountDownLatch finished) {
    if (System.nanoTime() > end) {
      finished.countDown();
      return;
    }
    registrar
        .apply(next(), Principal.MASTER)
        .whenComplete(
            (outcome, failure) -> {
              if (failure != null) {
                throw new AssertionError(failure);
              }
              done.incrementAndGet();
              next(done, end, finished);
            });
  }

  private UpdateAgent next() {
    long next = number.getAndIncrement();
    return new UpdateAgent("agent-" + next % AGENTS, info(next));
  }

  /** Some 300 bytes as they are stored. */
  private static AgentInfo info(long number) {
    return new AgentInfo(
        "agent-" + number + ".dc1.example.org",
        5051,
        Map.of("rack", "r" + number, "zone", "z" + number % 3, "os", "linux-6.1"),
        Map.of("cpus", 32.0, "mem", 131072.0, "disk", 2_000_000.0, "gpus", (double) (number % 8)));
  }

  @Override
  public void close() {
    registrar.close();
    storage.close();
    others.forEach(ChildJvm::close);
  }
}
