package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.cli.log.LogVerb;
import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.FileDamage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A member's disk is lost while its master is down, and a fleet is at work on the others. Started
 * again with the same flags, it recovers by itself, and its vote counts: without it there is no
 * majority then.
 */
@Tag("full")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogRecoveryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final WriteProbe probe = new WriteProbe();

  @TempDir private Path directory;

  @Test
  void aLogThatIsDeletedIsFetchedFromTheOthers() throws Exception {
    loseAndRecover((masters, id) -> FileDamage.deleteTree(masters.log(id)));
  }

  @Test
  void bytesThatAreFlippedAreNoticed() throws Exception {
    loseAndRecover(
        (masters, id) -> {
          Path segments = masters.log(id).resolve("current");
          FileDamage.flip(FileDamage.filesBelow(segments).get(0), 5_000, 1);
        });
  }

  @Test
  void anOldCopyIsNotBelieved() throws Exception {
    Path copy = directory.resolve("copy");
    loseAndRecover(
        (masters, id) -> {
          // Taken while it was down; then it ran and voted, before it was set back.
          FileDamage.copyTree(masters.log(id), copy);
        },
        (masters, id) -> {
          FileDamage.deleteTree(masters.log(id));
          FileDamage.copyTree(copy, masters.log(id));
        });
  }

  /** It was told of nobody when it began; the file beside the log remembers the others. */
  @Test
  void theFirstMemberIsStartedWithItsFirstCommandAfterItsLogWasDeleted() throws Exception {
    firstMemberLoses(masters -> FileDamage.deleteTree(masters.log(1)), Recovers.YES);
  }

  /** Nothing here remembers the others; they find it before it may lead. */
  @Test
  void theFirstMemberIsRefusedAfterItsWholeWorkDirectoryWasDeleted() throws Exception {
    firstMemberLoses(masters -> FileDamage.deleteTree(masters.work(1)), Recovers.NO);
  }

  private enum Recovers {
    YES,
    NO
  }

  private void firstMemberLoses(Loss loss, Recovers recovers) throws Exception {
    try (LogMasters masters = slow()) {
      masters.first();
      masters.cluster().awaitLeader();
      try (FleetProcess fleet =
          FleetProcess.start(masters.cluster().addresses(), 100, directory.resolve("fleet.log"))) {
        masters.grow(2);
        masters.grow(3);
        masters.awaitWork(fleet, 200);
        Member first = masters.cluster().suspend(LogMasters.name(1));
        loss.happen(masters);
        masters.cluster().awaitLeader();
        masters.awaitWork(fleet, 200);
        Member again = masters.cluster().restart(first);
        if (recovers == Recovers.YES) {
          awaitVote(masters, again);
        } else {
          assertThat(again.process().awaitExit()).isEqualTo(3);
          assertThat(again.process().errorText())
              .contains("it has founded a log of its own, and another one names it");
          assertThat(again.hasLed()).isFalse();
          masters.cluster().kill(LogMasters.name(1));
        }
        masters.awaitWork(fleet, 200);
        assertThat(fleet.check().problems()).isEmpty();
      }
    }
  }

  /**
   * Of those whose disks are left, the one with the highest version has all that was acknowledged.
   */
  @Test
  void aMajorityThatIsLostForGoodLeavesOneThatGoesOnAlone() throws Exception {
    try (LogMasters masters = slow()) {
      masters.together(3);
      masters.cluster().awaitLeader();
      try (FleetProcess fleet =
          FleetProcess.start(masters.cluster().addresses(), 300, directory.resolve("fleet.log"))) {
        masters.awaitWork(fleet, 1_000);
        long furthest = -1;
        int left = 0;
        for (int id = 1; id <= 3; id++) {
          masters.cluster().kill(LogMasters.name(id));
        }
        for (int id = 1; id <= 3; id++) {
          long version = version(log("--dry_run", masters.log(id)));
          left = version > furthest ? id : left;
          furthest = Math.max(furthest, version);
        }
        log("--the_others_are_lost_for_good", masters.log(left));
        masters
            .cluster()
            .start(
                LogMasters.name(left),
                "--log_replica_id=" + left,
                "--log_listen=" + masters.address(left));
        masters.awaitWork(fleet, 500);
        assertThat(fleet.check().problems()).isEmpty();
        assertThat(masters.voters()).containsExactly(left);
      }
    }
  }

  /**
   * With a lease that a busy machine does not outlast: what is lost here is disks, not the lead.
   */
  private LogMasters slow() {
    return new LogMasters(
        directory, "--log_election_timeout=5secs", "--log_heartbeat_interval=200ms");
  }

  private static String log(String mode, Path log) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    CommandLine line = new CommandLine(new LogVerb()).setOut(out).setErr(out);
    assertThat(line.execute("recover", mode, log.toString())).as(text.toString()).isZero();
    return text.toString();
  }

  private static long version(String findings) {
    return findings
        .lines()
        .filter(line -> line.startsWith("version "))
        .mapToLong(line -> Long.parseLong(line.substring("version ".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  /** Each blow falls on a follower that is down; it is restarted after each. */
  private void loseAndRecover(Blow... blows) throws Exception {
    try (LogMasters masters = slow()) {
      masters.together(3);
      masters.cluster().awaitLeader();
      try (FleetProcess fleet =
          FleetProcess.start(masters.cluster().addresses(), 300, directory.resolve("fleet.log"))) {
        masters.awaitWork(fleet, 1_000);
        int victim = follower(masters, 0);
        for (Blow blow : blows) {
          Member member = masters.cluster().suspend(LogMasters.name(victim));
          masters.awaitWork(fleet, 500);
          blow.strike(masters, victim);
          Member again = masters.cluster().restart(member);
          awaitVote(masters, again);
          masters.awaitWork(fleet, 500);
        }
        assertThat(fleet.check().problems()).isEmpty();
        masters.cluster().restartEnded();
        Member other = masters.cluster().suspend(LogMasters.name(follower(masters, victim)));
        masters.awaitWork(fleet, 500);
        assertThat(fleet.check().problems()).isEmpty();
        masters.cluster().restart(other);
      }
    }
  }

  /** A member that does not lead, and is not that one. */
  private static int follower(LogMasters masters, int not) {
    String leader = masters.cluster().awaitLeader().name();
    return List.of(1, 2, 3).stream()
        .filter(id -> id != not && !LogMasters.name(id).equals(leader))
        .findFirst()
        .orElseThrow();
  }

  private void awaitVote(LogMasters masters, Member member) {
    Deadline.after(PATIENCE).await("it votes again; " + member, () -> votes(masters, member));
  }

  private boolean votes(LogMasters masters, Member member) {
    try {
      masters.cluster().restartEnded();
      return probe.figure(member.address(), "log_recovered") == 1;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the members cannot be started again", e);
    }
  }

  /** What the first member loses. */
  @FunctionalInterface
  private interface Loss {
    void happen(LogMasters masters) throws Exception;
  }

  /** What happens to a member's files while it is down. */
  @FunctionalInterface
  private interface Blow {
    void strike(LogMasters masters, int id) throws Exception;
  }
}
