package io.registrar.log.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.node.MemberAddress;
import io.registrar.log.registry.ReplicatedLogStorageProvider;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.FaultNotAvailable;
import io.registrar.tck.fault.SmallDisk;
import io.registrar.tck.history.JoinedHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members in three processes, each in a network namespace, under the load of clients in each,
 * while faults fall upon them at random: what all clients were told must fit one order of commits
 * (H1 to H11 of the kit). {@code -Densemble.faults=} how many, {@code -Densemble.seed=} which.
 */
@Tag("full")
@Timeout(7_000)
class FaultsOnProcessesTest {
  private static final int FAULTS = Integer.getInteger("ensemble.faults", 300);
  private static final long SEED =
      Long.getLong("ensemble.seed", System.currentTimeMillis() % 1_000_000);
  private static final int FAULTS_A_SEGMENT = 10;
  private static final Duration CALL = Duration.ofSeconds(3);
  private static final Duration LONGEST_FAULT = Duration.ofSeconds(5);

  /** Beyond a fault's own length: other faults beside it, and a machine that does much else. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** What is worth a look at what was done, and by whom it was felt. */
  private static final Duration LONG = Duration.ofSeconds(5);

  private static final int SMALL_DISK = 128 << 20;

  @TempDir private Path root;

  private final Random random = new Random(SEED);
  private final JoinedHistory history = new JoinedHistory(SEED, CALL);
  private final List<WorkingMember> members = new ArrayList<>();
  private final Map<Harm, Integer> befell = new EnumMap<>(Harm.class);
  private final List<Duration> recoveries = new ArrayList<>();
  private int calls;
  private long commits;

  @Test
  void nothingIsLostAndNobodyIsToldAnythingFalse() throws Exception {
    requireStrace();
    Path small = Files.createDirectory(root.resolve("3"));
    try (NamespaceNetwork network = NamespaceNetwork.of(3);
        SmallDisk disk = SmallDisk.mount(small, SMALL_DISK)) {
      Surroundings around = new Surroundings(network, disk);
      try {
        open(network);
        for (int faults = 0; faults < FAULTS; ) {
          faults += segment(around);
        }
      } finally {
        members.forEach(WorkingMember::close);
        print(around);
      }
    }
  }

  private static void requireStrace() throws IOException, InterruptedException {
    try {
      new ProcessBuilder("strace", "-V")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new FaultNotAvailable("strace is needed here, so that a sync fails", e);
    }
  }

  private void open(NamespaceNetwork network) throws Exception {
    StringJoiner all = new StringJoiner(",");
    for (int id = 1; id <= 3; id++) {
      all.add(id + "@" + MemberAddress.write(network.address(id)));
    }
    for (int id = 1; id <= 3; id++) {
      Path home = Files.createDirectories(root.resolve(Integer.toString(id)));
      StorageTarget target =
          StorageTarget.of(ReplicatedLogStorageProvider.class, home)
              .with("log_replica_id", Integer.toString(id))
              .with("log_members", all.toString())
              .with("log_insecure", "true");
      WorkingMember member = new WorkingMember(id, target, network.launcher(id), history);
      members.add(member);
      member.start();
    }
    for (WorkingMember member : members) {
      member.awaitOpen();
    }
  }

  private int segment(Surroundings around) throws Exception {
    history.begin(members.get(random.nextInt(3)).state("settle"));
    for (WorkingMember member : members) {
      member.work();
    }
    awaitEachSince(System.nanoTime());
    int faults = 0;
    while (faults < FAULTS_A_SEGMENT) {
      faults += round(around);
    }
    for (WorkingMember member : members) {
      member.rest();
    }
    calls += history.size();
    commits += history.committed();
    String after = members.get(random.nextInt(3)).state("fence");
    assertThat(history.check(after, LONGEST_FAULT.plus(Deadline.scaled(GRACE))))
        .as("with -Densemble.seed=" + SEED)
        .isEmpty();
    return faults;
  }

  /** One fault, or several at once; then all are taken back, and each member has to go on. */
  private int round(Surroundings around) throws Exception {
    Map<WorkingMember, Harm> harms = new LinkedHashMap<>();
    List<WorkingMember> victims = new ArrayList<>(members);
    Collections.shuffle(victims, random);
    if (random.nextInt(3) > 0) {
      // Whoever has written last leads.
      victims.sort(Comparator.comparingLong(WorkingMember::lastCommit).reversed());
    }
    int several = random.nextInt(4) > 0 ? 1 : random.nextInt(4) > 0 ? 2 : 3;
    for (WorkingMember victim : victims.subList(0, several)) {
      Harm harm = draw(victim);
      harms.put(victim, harm);
      befell.merge(harm, 1, Integer::sum);
      harm.befall(victim, around);
    }
    LockSupport.parkNanos(lasting().toNanos());
    for (Map.Entry<WorkingMember, Harm> harm : harms.entrySet()) {
      harm.getValue().end(harm.getKey(), around);
    }
    around.network().heal();
    Duration recovery = awaitEachSince(System.nanoTime());
    recoveries.add(recovery);
    if (recovery.compareTo(LONG) > 0) {
      System.out.println("slow: " + recovery + " after " + harms.values() + " by " + slowest());
    }
    return several;
  }

  private Harm draw(WorkingMember victim) {
    List<Harm> possible = new ArrayList<>(List.of(Harm.values()));
    if (victim.id() != 3) {
      possible.remove(Harm.DISK_FULL);
    }
    return possible.get(random.nextInt(possible.size()));
  }

  private Duration lasting() {
    return random.nextInt(5) > 0
        ? Duration.ofMillis(random.nextInt(1_200))
        : Duration.ofMillis(1_200 + random.nextInt((int) LONGEST_FAULT.toMillis() - 1_200));
  }

  /** How long it takes until each member has answered well a call that was made since then. */
  private Duration awaitEachSince(long then) {
    members.forEach(member -> member.lookOutSince(then));
    try {
      Deadline.after(Duration.ofSeconds(60))
          .await(
              "each member goes on (-Densemble.seed=" + SEED + ")",
              () -> {
                members.forEach(member -> assertThat(member.broken()).isNull());
                return members.stream().allMatch(member -> member.firstSuccess().isPresent());
              });
    } catch (AssertionError e) {
      members.forEach(member -> System.out.println(account(member)));
      throw e;
    }
    return Duration.ofNanos(System.nanoTime() - then);
  }

  /** Who was the last to go on, and what it has said of late. */
  private String slowest() {
    WorkingMember last =
        Collections.max(
            members, Comparator.comparingLong(member -> member.firstSuccess().orElseThrow()));
    return account(last);
  }

  private static String account(WorkingMember member) {
    String said = member.process().errorText();
    return "member "
        + member.id()
        + (member.firstSuccess().isPresent() ? ", which goes on: " : ", which does not go on: ")
        + said.substring(Math.max(0, said.length() - 4_000));
  }

  private void print(Surroundings around) {
    Collections.sort(recoveries);
    System.out.printf(
        "seed %d, %d calls checked, %d of them acknowledged commits, %d faults: %s%n",
        SEED, calls, commits, befell.values().stream().mapToInt(Integer::intValue).sum(), befell);
    around.counts().forEach(System.out::println);
    if (!recoveries.isEmpty()) {
      System.out.printf(
          "until each member goes on after a heal, of %d: p50 %d ms, p99 %d ms, most %d ms%n",
          recoveries.size(), part(0.5), part(0.99), part(1));
    }
  }

  private long part(double share) {
    int at = (int) Math.ceil(share * recoveries.size()) - 1;
    return recoveries.get(Math.max(0, at)).toMillis();
  }
}
