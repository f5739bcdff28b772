package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.FileDamage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long nobody writes when the leader of three is killed, or resigns, at the default times; and
 * how long a lost disk takes to vote again. It prints what it has measured: {@code
 * -Dfleet.agents=100000 -Dfleet.kills=20}.
 */
@Tag("full")
@Timeout(value = 1500, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogFailoverTest {
  private static final int AGENTS = Integer.getInteger("fleet.agents", 20_000);
  private static final int KILLS = Integer.getInteger("fleet.kills", 20);
  private static final int RESIGNATIONS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final WriteProbe probe = new WriteProbe();

  @TempDir private Path directory;

  @Test
  void writesGoOnAndEveryRecordIsThere() throws Exception {
    try (LogMasters masters = new LogMasters(directory)) {
      masters.cluster().giveMemory(1024);
      masters.together(3);
      masters.cluster().awaitLeader();
      Program fleet = new Program(masters.cluster().addresses(), directory.resolve("fleet.log"));
      fleet.work(
          1,
          new FleetPlan(AGENTS, 64, 0, Duration.ZERO, PATIENCE),
          new PrintStream(OutputStream.nullOutputStream()));
      System.out.printf("%,d agents, three masters, default times%n", AGENTS);
      List<Long> kills = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        kills.add(another(masters, leader -> leader.process().kill()));
      }
      show("SIGKILL of the leader until another one's first write", kills);
      List<Long> resignations = new ArrayList<>();
      for (int i = 0; i < RESIGNATIONS; i++) {
        resignations.add(
            another(
                masters,
                leader ->
                    ProcessHandle.of(leader.process().pid()).ifPresent(ProcessHandle::destroy)));
      }
      show("SIGTERM of the leader until another one's first write", resignations);
      lostDisk(masters);
      assertThat(fleet.check().problems()).isEmpty();
    }
  }

  /** How long until another master writes, when this is done to the leader. */
  private long another(LogMasters masters, Blow blow) throws Exception {
    Member leader = masters.cluster().awaitLeader();
    List<URI> others = new ArrayList<>(masters.cluster().running());
    others.remove(leader.address());
    long since = System.nanoTime();
    blow.strike(leader);
    long millis = probe.millisUntilWritten(since, others);
    leader.process().awaitExit();
    masters.cluster().restartEnded();
    awaitAllVote(masters);
    return millis;
  }

  private void lostDisk(LogMasters masters) throws Exception {
    Member leader = masters.cluster().awaitLeader();
    int id = leader.name().equals(LogMasters.name(1)) ? 2 : 1;
    Member lost = masters.cluster().suspend(LogMasters.name(id));
    FileDamage.deleteTree(masters.log(id));
    long since = System.nanoTime();
    masters.cluster().restart(lost);
    long listens = (System.nanoTime() - since) / 1_000_000;
    awaitAllVote(masters);
    show(
        "a lost disk, from the start of the process until it votes again (of that "
            + listens
            + " until it listens)",
        List.of((System.nanoTime() - since) / 1_000_000));
  }

  private void awaitAllVote(LogMasters masters) {
    Deadline.after(PATIENCE)
        .await(
            "all masters vote", () -> masters.cluster().running().stream().allMatch(this::votes));
  }

  private boolean votes(URI master) {
    try {
      return probe.figure(master, "log_recovered") == 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void show(String what, List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    System.out.printf(
        "%s: p50 %d ms, most %d ms; %s%n",
        what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), millis);
  }

  /** What happens to a leader. */
  @FunctionalInterface
  private interface Blow {
    void strike(Member leader);
  }
}
