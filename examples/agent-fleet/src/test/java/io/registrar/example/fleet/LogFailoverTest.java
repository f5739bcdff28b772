package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.FileDamage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long nobody writes when the leader of three is killed, or resigns, at the default times; and
 * how long a lost disk takes to vote again. Each blow falls when the masters are at rest again. It
 * prints what it has measured: {@code -Dfleet.agents=100000 -Dfleet.kills=20}.
 */
@Tag("full")
@Timeout(value = 1500, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogFailoverTest {
  private static final int AGENTS = Integer.getInteger("fleet.agents", 20_000);
  private static final int KILLS = Integer.getInteger("fleet.kills", 20);
  private static final int RESIGNATIONS = Integer.getInteger("fleet.resignations", 5);
  private static final boolean SETTLED =
      Boolean.parseBoolean(System.getProperty("fleet.settled", "true"));
  private static final int LOOK_SECONDS = 1;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Of a second: what heartbeats and a fleet at rest take. */
  private static final Duration IDLE = Duration.ofMillis(150);

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
      int restarts = fill(masters, fleet);
      System.out.printf(
          "%,d agents, three masters, default times, load %.1f; %d had to be restarted meanwhile%n",
          AGENTS, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), restarts);
      awaitSettled(masters);
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

  /**
   * Has all agents register, and looks after the masters meanwhile as a supervisor does: one that
   * loses its lease on a busy machine ends, and two of them would be missed.
   *
   * @return how many had to be started again
   */
  private static int fill(LogMasters masters, Program fleet) throws Exception {
    FutureTask<Tally> work =
        new FutureTask<>(
            () ->
                fleet.work(
                    1,
                    new FleetPlan(AGENTS, 64, 0, Duration.ZERO, PATIENCE),
                    new PrintStream(OutputStream.nullOutputStream())));
    new Thread(work, "fleet").start();
    int restarts = 0;
    while (true) {
      try {
        work.get(LOOK_SECONDS, TimeUnit.SECONDS);
        return restarts;
      } catch (TimeoutException e) {
        restarts += masters.cluster().restartEnded();
      }
    }
  }

  /** How long until another master writes, when this is done to the leader. */
  private long another(LogMasters masters, Blow blow) throws Exception {
    Member leader = awaitLeader(masters);
    List<URI> others = new ArrayList<>(masters.cluster().running());
    others.remove(leader.address());
    Instant moment = Instant.now();
    long since = System.nanoTime();
    blow.strike(leader);
    long millis = probe.millisUntilWritten(since, others, masters.cluster()::restartEnded);
    leader.process().awaitExit();
    String log = awaitLeader(masters, leader).process().errorText();
    System.out.printf(
        "the old one: %s; the new one: %s, written %d ms%n",
        FailoverCourse.since(moment, leader.process().errorText()),
        FailoverCourse.since(moment, log),
        millis);
    masters.cluster().restartEnded();
    awaitAllVote(masters);
    awaitSettled(masters);
    return millis;
  }

  /** On a busy machine one that was elected may be overtaken before it leads, and end. */
  private static Member awaitLeader(LogMasters masters, Member... not) throws Exception {
    Deadline deadline = Deadline.after(PATIENCE);
    while (true) {
      Optional<Member> leader = masters.cluster().leader(not);
      if (leader.isPresent()) {
        return leader.get();
      }
      if (deadline.hasPassed()) {
        throw new AssertionError("nobody leads:\n" + masters.cluster());
      }
      masters.cluster().restartEnded();
    }
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

  /**
   * Waits until no master works hard any more: one that has just been started reads all records and
   * plays how to lead, and takes both processors for that. -Dfleet.settled=false goes on at once.
   */
  private static void awaitSettled(LogMasters masters) {
    Deadline deadline = Deadline.after(PATIENCE);
    Map<Long, Duration> before = Map.of();
    boolean settled = !SETTLED;
    while (!settled) {
      assertThat(deadline.hasPassed()).as("the masters never settle:\n%s", masters).isFalse();
      LockSupport.parkNanos(LOOK_NANOS);
      Map<Long, Duration> now = masters.cluster().worked();
      Map<Long, Duration> then = before;
      settled =
          now.keySet().equals(then.keySet())
              && now.entrySet().stream()
                  .allMatch(it -> it.getValue().minus(then.get(it.getKey())).compareTo(IDLE) < 0);
      before = now;
    }
  }

  /** A supervisor is there: on a busy machine a new leader may lose its lease, and end. */
  private void awaitAllVote(LogMasters masters) throws Exception {
    Deadline deadline = Deadline.after(PATIENCE);
    while (!masters.cluster().running().stream().allMatch(this::votes)) {
      if (deadline.hasPassed()) {
        throw new AssertionError("not all masters vote:\n" + masters.cluster());
      }
      masters.cluster().restartEnded();
    }
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
