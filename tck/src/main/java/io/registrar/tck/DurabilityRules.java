package io.registrar.tck;

import io.registrar.spi.Capability;
import io.registrar.spi.Storage;
import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.FileDamage;
import io.registrar.tck.fault.PowerLoss;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/**
 * Rules 2.1 and 2.2 under SIGKILL and power loss, in real processes. Bind storages that declare
 * DURABLE.
 */
interface DurabilityRules extends RuleGroup {
  @Rule(
      value = "2.2",
      expects = "a commit that was acknowledged is there after SIGKILL right after it",
      lookAt = "answers that are given before the write has left the process")
  default void rule_2_2_acknowledgedCommitsSurviveSigkillAtOnce() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    for (int n = 1; n <= 4; n++) {
      try (ChildJvm child = underTest().child()) {
        child.send("open");
        child.await("opened");
        child.send("acquire");
        child.await("acquired");
        child.send("commit " + n);
        String answer = child.readLine();
        child.kill();
        Assertions.assertEquals("committed " + n + " " + n, answer, "the child's commit");
      }
      mustHoldThrough(n, n);
    }
  }

  @Rule(
      value = "2.2",
      expects =
          "all acknowledged commits are there after SIGKILL at any instant, each once and whole",
      lookAt = "writes that are not one step of the engine; buffers flushed after the answer")
  default void rule_2_2_acknowledgedCommitsSurviveSigkillAtRandomInstants() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    Random random = new Random(22);
    int last = 0;
    for (int round = 0; round < 5; round++) {
      int acknowledged = streamUntilKilled(List.of(), last, random);
      last = mustHoldThrough(acknowledged, acknowledged + 1);
    }
  }

  @Rule(
      value = "2.2",
      expects =
          "all acknowledged commits are there after a power loss: synced bytes alone are sure",
      lookAt = "a sync option that is never set; answers that are given before the sync")
  default void rule_2_2_acknowledgedCommitsSurviveAPowerLoss() throws Exception {
    underTest().requires(Capability.DURABLE, "nothing outlives the process");
    Path files =
        underTest()
            .faults()
            .files()
            .orElseThrow(() -> new NotApplicable("the backend offers no files to lose bytes of"))
            .of(underTest().target());
    underTest().open().close();
    Path asWritten = underTest().directory("written");
    Path images = underTest().directory("images");
    Path shadow = underTest().directory("synced");
    Random random = new Random(23);
    int last = 0;
    for (int round = 0; round < 2; round++) {
      PowerLoss loss = PowerLoss.of(files, shadow);
      int acknowledged = streamUntilKilled(loss.launcher(), last, random);
      FileDamage.copyTree(files, asWritten);
      for (int kind = 0; kind < 4; kind++) {
        loss.leave(images.resolve(Integer.toString(kind)), kind, random);
      }
      for (int kind = 0; kind < 4; kind++) {
        FileDamage.copyTree(images.resolve(Integer.toString(kind)), files);
        mustHoldThrough(acknowledged, acknowledged + 1);
      }
      FileDamage.copyTree(asWritten, files);
      last = mustHoldThrough(acknowledged, acknowledged + 1);
    }
  }

  /** Lets a process commit until it is killed at any instant; answers what was acknowledged. */
  private int streamUntilKilled(List<String> launcher, int last, Random random) throws Exception {
    try (ChildJvm child = underTest().child(launcher)) {
      child.send("open");
      child.await("opened");
      child.send("acquire");
      String acquired = child.readLine();
      Assertions.assertTrue(
          acquired.startsWith("acquired ") && acquired.endsWith(" " + last),
          () -> "a new process must find all as it was, and said: " + acquired);
      child.send("stream " + (last + 1));
      int acknowledged = number(child.readLine());
      for (int more = random.nextInt(60); more > 0; more--) {
        acknowledged = number(child.readLine());
      }
      // The instant is the fault itself: anywhere in the commits that follow.
      LockSupport.parkNanos(random.nextInt(5_000_000));
      child.kill();
      List<String> rest = child.drain();
      return rest.isEmpty() ? acknowledged : Math.max(acknowledged, lastOf(rest, acknowledged));
    }
  }

  /** Checks what a new process would find, and answers which batch was the last. */
  private int mustHoldThrough(int least, int most) throws Exception {
    try (Storage storage = underTest().target().openSteadily()) {
      RegistryState state = RegistryUnderTest.read(storage);
      int last = new Markers(TargetProcess.SHARED_RECORDS).last(state, "after SIGKILL");
      Assertions.assertTrue(
          last >= least && last <= most,
          () -> "acknowledged were " + least + " commits, and there are " + last);
      Assertions.assertEquals(last, Markers.in(state).size(), "each commit left its record");
      Assertions.assertEquals(last, state.version(), "the version after " + last + " commits");
      return last;
    }
  }

  private static int number(String answer) {
    Assertions.assertTrue(answer.startsWith("committed "), () -> "the child answered: " + answer);
    return Integer.parseInt(answer.split(" ")[1]);
  }

  /** The last whole acknowledgement; the very last line may have been cut by the kill. */
  private static int lastOf(List<String> lines, int before) {
    int last = before;
    for (String line : lines) {
      if (line.matches("committed \\d+ \\d+") && number(line) == last + 1) {
        last++;
      }
    }
    return last;
  }
}
