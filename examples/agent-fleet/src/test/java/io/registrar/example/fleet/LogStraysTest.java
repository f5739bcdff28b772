package io.registrar.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.example.fleet.MasterCluster.Member;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.FileDamage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masters that do not belong where they are started, beside three that serve a fleet: each is
 * refused, is told why, and harms nothing.
 */
@Tag("full")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogStraysTest {
  private static final int CANNOT_START = 3;
  private static final int LOST_LEADERSHIP = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private LogMasters masters;
  private FleetProcess fleet;

  @BeforeEach
  void start() throws Exception {
    masters =
        new LogMasters(directory, "--log_election_timeout=2secs", "--log_heartbeat_interval=200ms");
    masters.together(3);
    masters.cluster().awaitLeader();
    fleet = FleetProcess.start(masters.cluster().addresses(), 100, directory.resolve("fleet.log"));
    fleet.awaitAcknowledged(200);
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
    masters.close();
  }

  @Test
  void aFourthMasterThatIsNoMemberOnlyLearns() throws Exception {
    try (ChildJvm fourth = masters.launch("stray", masters.flagsOf(4, 4))) {
      awaitText(fourth, "it is no member of this log and does not vote");
      assertThat(fourth.errorText()).contains("'registrar member promote 4' makes it one");
      assertThat(masters.voters()).containsExactly(1, 2, 3);
      allIsWell();
    }
  }

  @Test
  void oneOfAnotherLogIsNotHeard() throws Exception {
    foundElsewhere(4);
    try (ChildJvm foreign = masters.launch("stray", masters.flagsOf(4, 4))) {
      Member leader = masters.cluster().awaitLeader();
      awaitText(leader.process(), "member 4 is of another log, and is not heard");
      assertThat(masters.voters()).containsExactly(1, 2, 3);
      allIsWell();
      assertThat(foreign.isAlive()).isTrue();
    }
  }

  @Test
  void oneOfAnotherLogInAMembersPlaceStops() throws Exception {
    foundElsewhere(2);
    Member second = masters.cluster().suspend(LogMasters.name(2));
    int status = exitOf(masters.flagsOf(2, 3));
    // It may have led its own log for a moment.
    status = status == LOST_LEADERSHIP ? exitOf(masters.flagsOf(2, 3)) : status;
    assertThat(status).isEqualTo(CANNOT_START);
    assertThat(lastWords).contains("it has founded a log of its own, and another one names it");
    masters.cluster().restart(second);
    allIsWell();
  }

  @Test
  void ofTwoOnCopiesOfOneDirectoryTheLaterIsRefused() throws Exception {
    Member third = masters.cluster().suspend(LogMasters.name(3));
    FileDamage.copyTree(masters.work(3), directory.resolve("stray"));
    masters.cluster().restart(third);
    fleet.awaitAcknowledged(200);
    assertThat(exitOf(flagsAt(3, 5))).isEqualTo(CANNOT_START);
    assertThat(lastWords)
        .containsAnyOf(
            "another process was started on a copy of its directory",
            "its place is filled by another process that answers");
    allIsWell();
  }

  @Test
  void anEmptyDirectoryUnderALiveMembersIdIsRefused() throws Exception {
    String leader = masters.cluster().awaitLeader().name();
    int id = leader.equals(LogMasters.name(2)) ? 3 : 2;
    refusesAnEmptyDirectoryUnder(id);
  }

  /** Nobody hears what is said under its own number: the others answer for the one that leads. */
  @Test
  void anEmptyDirectoryUnderTheLeadersIdIsRefused() throws Exception {
    String leader = masters.cluster().awaitLeader().name();
    for (int id = 1; id <= 3; id++) {
      if (leader.equals(LogMasters.name(id))) {
        refusesAnEmptyDirectoryUnder(id);
      }
    }
  }

  private void refusesAnEmptyDirectoryUnder(int id) throws Exception {
    assertThat(exitOf(flagsAt(id, 5))).isEqualTo(CANNOT_START);
    assertThat(lastWords)
        .contains("its place is filled by another process that answers; stop that first");
    allIsWell();
  }

  /** A log of its own, begun in the stray's directory before it comes near the others. */
  private void foundElsewhere(int id) throws Exception {
    try (ChildJvm alone =
        masters.launch("stray", "--log_replica_id=" + id, "--log_listen=" + masters.address(5))) {
      alone.await("reference-master leads at ");
      ProcessHandle.of(alone.pid()).ifPresent(ProcessHandle::destroy);
      assertThat(alone.awaitExit()).isZero();
    }
  }

  /** The flags of a member of three, that listens where another one would. */
  private String[] flagsAt(int id, int place) {
    return Arrays.stream(masters.flagsOf(id, 3))
        .map(flag -> flag.replace(masters.address(id), masters.address(place)))
        .toArray(String[]::new);
  }

  private String lastWords = "";

  private int exitOf(String[] flags) throws Exception {
    try (ChildJvm stray = masters.launch("stray", flags)) {
      Deadline patience = Deadline.after(PATIENCE);
      Deadline.after(PATIENCE.multipliedBy(2))
          .await("patience ends", () -> !othersGoOn(stray) || patience.hasPassed());
      lastWords = stray.errorText();
      assertThat(stray.isAlive()).as("it has not ended; it says %s", lastWords).isFalse();
      return stray.awaitExit();
    }
  }

  private void awaitText(ChildJvm process, String text) {
    Deadline.after(PATIENCE)
        .await(
            "it says '" + text + "'; it says " + process.errorText(),
            () -> process.errorText().contains(text) || !othersGoOn(process));
    assertThat(process.errorText()).contains(text);
  }

  /** Starts the members again that a busy machine has made lose the lead. */
  private boolean othersGoOn(ChildJvm stray) {
    try {
      masters.cluster().restartEnded();
      return stray.isAlive();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the members cannot be started again", e);
    }
  }

  private void allIsWell() throws Exception {
    masters.cluster().restartEnded();
    fleet.awaitAcknowledged(200);
    assertThat(fleet.check().problems()).isEmpty();
  }
}
