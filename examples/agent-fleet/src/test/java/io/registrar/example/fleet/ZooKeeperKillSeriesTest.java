package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.tck.fault.Deadline;
import io.registrar.zookeeper.Quorum;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three masters on three ZooKeeper servers: any of them dies or stands still under a fleet. */
@Tag("full")
@Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZooKeeperKillSeriesTest {
  private static final String SESSION = "--zk_session_timeout=3secs";
  private static final List<String> MASTERS = List.of("a", "b", "c");
  private static final int MASTER_KILLS = 20;
  private static final int OTHER_FAULTS = 6;
  private static final int AGENTS = 500;
  private static final int WORK = 200;

  /** How many requests a fleet has on their way at most, unless told otherwise. */
  private static final int CONCURRENT = 64;

  /** Five seconds: after which the servers leave a leading one that is silent. */
  private static final int SYNC_LIMIT_TICKS = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Quorum servers;
  private MasterCluster masters;
  private FleetProcess fleet;
  private final List<Long> waits = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    servers = Quorum.start(SYNC_LIMIT_TICKS);
    masters =
        new MasterCluster(
            List.of("--registry=zookeeper", "--zk=zk://" + servers.addresses() + "/masters"),
            directory,
            SESSION);
    for (String name : MASTERS) {
      masters.start(name);
    }
    masters.awaitLeader();
    fleet = FleetProcess.start(masters.addresses(), AGENTS, directory.resolve("fleet.log"));
    fleet.awaitAcknowledged(WORK);
  }

  @AfterEach
  void stop() throws IOException {
    fleet.close();
    masters.close();
    servers.close();
  }

  @Test
  void theLeadingMasterIsKilled() throws Exception {
    for (int kill = 1; kill <= MASTER_KILLS; kill++) {
      Member leader = masters.awaitLeader();
      leader.process().kill();
      awaitNextWrite(leader);
      allAreWell();
    }
    report("the leading master was killed");
  }

  @Test
  void aServerIsKilled() throws Exception {
    for (int kill = 1; kill <= OTHER_FAULTS; kill++) {
      int server = kill % 2 == 0 ? servers.leader() : servers.follower();
      servers.kill(server);
      awaitNextWrite();
      servers.restart(server);
      allAreWell();
    }
    report("a ZooKeeper server was killed, the leading one every second time");
  }

  @Test
  void theLeadingMasterAndTheLeadingServerAreKilledAtOnce() throws Exception {
    for (int kill = 1; kill <= OTHER_FAULTS; kill++) {
      int server = servers.leader();
      Member leader = masters.awaitLeader();
      servers.kill(server);
      leader.process().kill();
      awaitNextWrite(leader);
      servers.restart(server);
      allAreWell();
    }
    report("the leading master and the leading server were killed at once");
  }

  @Test
  void theLeadingMasterStandsStillAndWakes() throws Exception {
    for (int stop = 1; stop <= OTHER_FAULTS; stop++) {
      Member leader = masters.awaitLeader();
      leader.process().stop();
      awaitNextWrite(leader);
      fleet.awaitAcknowledged(WORK);
      leader.process().resume();
      assertThat(leader.process().awaitExit()).isEqualTo(4);
      allAreWell();
    }
    report("the leading master stood still, and was fenced when it woke");
  }

  @Test
  void theLeadingServerStandsStillAndWakes() throws Exception {
    for (int stop = 1; stop <= OTHER_FAULTS; stop++) {
      int server = servers.leader();
      servers.server(server).stop();
      awaitNextWrite();
      servers.server(server).resume();
      allAreWell();
    }
    report("the leading server stood still, and woke");
  }

  /** Waits until another master than this has acknowledged a request. */
  private void awaitNextWrite(Member gone) {
    long begin = System.nanoTime();
    masters.awaitLeader(gone);
    fleet.awaitAcknowledged(1);
    waits.add(MasterCluster.millisSince(begin));
  }

  /** Waits until more requests have been acknowledged than can have been on their way. */
  private void awaitNextWrite() {
    long begin = System.nanoTime();
    fleet.awaitAcknowledged(CONCURRENT + 1);
    waits.add(MasterCluster.millisSince(begin));
  }

  /** Starts what has ended, as a supervisor would; then one leads, and nothing was lost. */
  private void allAreWell() throws Exception {
    Deadline.after(PATIENCE).await("one master leads", () -> revived() == 0 && leading() == 1);
    fleet.awaitAcknowledged(WORK);
    assertThat(fleet.check().problems()).isEmpty();
    assertThat(leading()).isLessThanOrEqualTo(1);
  }

  private int revived() {
    List<String> ended = masters.ended();
    try {
      for (String name : ended) {
        masters.start(name);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("a master could not be started again", e);
    }
    return ended.size();
  }

  /** How many masters say that they lead. */
  private long leading() {
    return masters.addresses().stream().filter(ZooKeeperKillSeriesTest::isReady).count();
  }

  private static boolean isReady(URI master) {
    try {
      HttpURLConnection asked =
          (HttpURLConnection) master.resolve("/health/ready").toURL().openConnection();
      asked.setConnectTimeout(2_000);
      asked.setReadTimeout(2_000);
      return asked.getResponseCode() == 200;
    } catch (IOException down) {
      return false;
    }
  }

  private void report(String what) throws Exception {
    System.out.printf(
        "%s, %s: ms until the next write was acknowledged %s; %d acknowledged; %s%n",
        what, SESSION, waits, fleet.acknowledged(), fleet.check());
  }
}
