package io.registrar.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.operation.AdmitAgent;
import io.registrar.record.Agent;
import io.registrar.record.AgentInfo;
import io.registrar.record.MasterInfo;
import io.registrar.spi.RecordKey;
import io.registrar.spi.RegistryName;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a durable operation costs, against LevelDB alone doing the same writes, the two in turn
 * within one run. Run it by {@code mvn -Pfull -pl backend-leveldb -am verify -Dtest=CommitCostTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("full")
class CommitCostTest {
  private static final int HEAD_BYTES = 330; // about what a head with the registrar's header takes

  @TempDir private Path work;

  @Test
  void oneCallerPaysLittleMoreThanTheSyncedWrite() throws Exception {
    try (Bare bare = new Bare(work.resolve("bare"));
        Led led = new Led(work.resolve("led"))) {
      List<Long> bareNanos = new ArrayList<>();
      List<Long> ledNanos = new ArrayList<>();
      for (int round = 0; round < 80; round++) {
        List<Long> bareInto = round < 20 ? new ArrayList<>() : bareNanos;
        List<Long> ledInto = round < 20 ? new ArrayList<>() : ledNanos;
        for (int i = 0; i < 50; i++) {
          bareInto.add(time(() -> bare.write(1)));
        }
        for (int i = 0; i < 50; i++) {
          ledInto.add(time(led::admit));
        }
      }
      double ratio = report("one caller", median(ledNanos), median(bareNanos));
      assertThat(ratio).isLessThanOrEqualTo(1.3);
    }
  }

  @Test
  void manyCallersShareTheirSyncs() throws Exception {
    try (Bare bare = new Bare(work.resolve("bare"));
        Led led = new Led(work.resolve("led"))) {
      List<Double> one = new ArrayList<>();
      List<Double> sixtyFour = new ArrayList<>();
      List<Double> batches = new ArrayList<>();
      for (int round = 0; round < 12; round++) {
        double single = perSecond(led, 1, 1_000);
        double many = perSecond(led, 64, 1_500);
        long start = System.nanoTime();
        int written = 0;
        while (System.nanoTime() - start < 1_000_000_000L) {
          bare.write(64);
          written += 64;
        }
        double batched = written * 1e9 / (System.nanoTime() - start);
        if (round >= 4) {
          one.add(single);
          sixtyFour.add(many);
          batches.add(batched);
        }
      }
      double many = middle(sixtyFour);
      System.out.printf(
          "1 caller %.0f/s, 64 callers %.0f/s (%.1f times), bare batches of 64: %.0f/s (%.2f of it)%n",
          middle(one), many, many / middle(one), middle(batches), many / middle(batches));
      assertThat(many).isGreaterThanOrEqualTo(10 * middle(one));
      assertThat(many).isGreaterThanOrEqualTo(middle(batches) / 3);
    }
  }

  @Test
  void theCostDoesNotGrowWithTheRegistry() throws Exception {
    try (Led small = new Led(work.resolve("small"));
        Led large = new Led(work.resolve("large"))) {
      small.fill(1_000);
      large.fill(100_000);
      List<Long> smallNanos = new ArrayList<>();
      List<Long> largeNanos = new ArrayList<>();
      for (int round = 0; round < 60; round++) {
        List<Long> smallInto = round < 10 ? new ArrayList<>() : smallNanos;
        List<Long> largeInto = round < 10 ? new ArrayList<>() : largeNanos;
        for (int i = 0; i < 20; i++) {
          smallInto.add(time(small::admit));
        }
        for (int i = 0; i < 20; i++) {
          largeInto.add(time(large::admit));
        }
      }
      double ratio = report("100,000 agents against 1,000", median(largeNanos), median(smallNanos));
      assertThat(ratio).isLessThanOrEqualTo(1.2);
    }
  }

  @Test
  void aHundredThousandAgentsAreRecoveredByAFreshProcess() throws Exception {
    Path directory = work.resolve("led");
    try (Led led = new Led(directory)) {
      led.fill(100_000);
    }
    for (int i = 0; i < 3; i++) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  RecoveryMain.class.getName(),
                  directory.toString())
              .redirectErrorStream(true)
              .start();
      String printed = new String(child.getInputStream().readAllBytes());
      assertThat(child.waitFor()).as(printed).isZero();
      System.out.print(printed);
      assertThat(printed).contains("100000 agents");
    }
  }

  /** Recovers a registry, says how long it took, and ends. */
  static final class RecoveryMain {
    public static void main(String[] args) throws Exception {
      long start = System.nanoTime();
      try (Led led = new Led(Path.of(args[0]))) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(
            "recovered %d agents in %d ms from the entry of main%n",
            led.registrar.registry().count(Agent.TYPE), millis);
      }
    }
  }

  private static double perSecond(Led led, int callers, long millis) throws Exception {
    AtomicLong done = new AtomicLong();
    long end = System.nanoTime() + millis * 1_000_000;
    CountDownLatch finished = new CountDownLatch(callers);
    long start = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      next(led, done, end, finished);
    }
    finished.await();
    return done.get() * 1e9 / (System.nanoTime() - start);
  }

  /** A caller that asks for the next as soon as it has its answer. */
  private static void next(Led led, AtomicLong done, long end, CountDownLatch finished) {
    if (System.nanoTime() > end) {
      finished.countDown();
      return;
    }
    led.submit()
        .thenAccept(
            outcome -> {
              done.incrementAndGet();
              next(led, done, end, finished);
            });
  }

  private static long time(Write write) throws Exception {
    long start = System.nanoTime();
    write.run();
    return System.nanoTime() - start;
  }

  private interface Write {
    void run() throws Exception;
  }

  private static double report(String what, long nanos, long baseNanos) {
    double ratio = (double) nanos / baseNanos;
    System.out.printf(
        "%s: p50 %d us against %d us, ratio %.2f%n", what, nanos / 1000, baseNanos / 1000, ratio);
    return ratio;
  }

  private static long median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static AgentInfo info(long number) {
    return new AgentInfo(
        "agent-" + number + ".dc1.example.org",
        5051,
        Map.of("rack", "r" + number % 40, "zone", "z" + number % 3, "os", "linux-6.1"),
        Map.of("cpus", 32.0, "mem", 131072.0, "disk", 2_000_000.0, "gpus", (double) (number % 8)));
  }

  /** LevelDB alone, writing what the backend would. */
  private static final class Bare implements AutoCloseable {
    private final DB db;
    private final byte[] head = new byte[HEAD_BYTES];
    private long number;

    Bare(Path directory) throws IOException {
      Files.createDirectories(directory);
      db =
          JniDBFactory.factory.open(
              new File(directory.toString()), new Options().createIfMissing(true));
    }

    void write(int records) throws IOException {
      try (WriteBatch batch = db.createWriteBatch()) {
        batch.put(new byte[] {0}, head);
        for (int i = 0; i < records; i++) {
          Agent agent = Agent.registered("bare-agent-" + number++, info(number));
          RecordKey key = Agent.TYPE.keyOf(agent);
          batch.put(Entries.key(key), Agent.TYPE.codec().encode(agent, null));
        }
        db.write(batch, new WriteOptions().sync(true));
      }
    }

    @Override
    public void close() throws IOException {
      db.close();
    }
  }

  /** A registrar over the backend. */
  private static final class Led implements AutoCloseable {
    private final Storage storage;
    private final Registrar registrar;
    private final AtomicLong number = new AtomicLong();

    Led(Path directory) throws Exception {
      Files.createDirectories(directory);
      LevelDbStorageProvider provider = new LevelDbStorageProvider();
      storage =
          provider.open(
              StorageSettings.read(provider, RegistryName.DEFAULT, directory, Map.of()),
              Duration.ofMinutes(1));
      registrar =
          Registrar.recover(
              storage, RegistrarOptions.leading(new MasterInfo("m", "localhost", "", "")).build());
    }

    CompletableFuture<Outcome<Agent>> submit() {
      long next = number.getAndIncrement();
      return registrar.apply(new AdmitAgent("led-agent-" + next, info(next)), Principal.MASTER);
    }

    void admit() throws Exception {
      long next = number.getAndIncrement();
      assertThat(
              registrar.applyAndWait(
                  new AdmitAgent("led-agent-" + next, info(next)), Principal.MASTER))
          .isInstanceOf(Outcome.Applied.class);
    }

    void fill(int agents) {
      for (int left = agents; left > 0; left -= 1_000) {
        List<CompletableFuture<Outcome<Agent>>> some = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          some.add(submit());
        }
        some.forEach(CompletableFuture::join);
      }
    }

    @Override
    public void close() {
      registrar.close();
      storage.close();
    }
  }
}
