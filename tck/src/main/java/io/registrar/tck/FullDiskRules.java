package io.registrar.tck;

import io.registrar.tck.fault.ChildJvm;
import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.SmallDisk;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/** Rule 7.3: a disk that runs full. Binds storages that keep their files on this machine. */
interface FullDiskRules extends RuleGroup {
  @Rule(
      value = "7.3",
      expects =
          "on a full disk commits fail cleanly, the process lives, nothing acknowledged is lost,"
              + " and after reopening the storage works again once there is room",
      lookAt = "writes through a memory map (SIGBUS), the reserve, and what a failed write leaves")
  default void rule_7_3_aFullDiskFailsCommitsCleanly() throws Exception {
    long bytes =
        underTest()
            .faults()
            .diskBytes()
            .orElseThrow(() -> new NotApplicable("the backend offers no disk that can run full"));
    try (SmallDisk disk = SmallDisk.mount(underTest().directory("disk"), bytes)) {
      StorageTarget target = underTest().targetIn(disk.directory());
      int acknowledged = fillWhileCommitting(disk, target);
      disk.makeRoom();
      try (ChildJvm after = underTest().child(TargetProcess.class, target)) {
        after.send("open");
        Assertions.assertEquals("opened", after.readLine(), "opening it with room again");
        after.send("acquire");
        String acquired = after.await("acquired");
        int last = Integer.parseInt(acquired.split(" ")[3]);
        Assertions.assertTrue(
            last == acknowledged || last == acknowledged + 1,
            () -> "acknowledged were " + acknowledged + " commits, and there are " + last);
        after.send("commit " + (last + 1));
        after.await("committed " + (last + 1));
      }
    }
  }

  /** Commits until the full disk refuses, and answers how many commits were acknowledged. */
  private int fillWhileCommitting(SmallDisk disk, StorageTarget target) throws Exception {
    try (ChildJvm child = underTest().child(TargetProcess.class, target)) {
      child.send("open");
      child.await("opened");
      child.send("acquire");
      child.await("acquired");
      child.send("stream 1");
      int acknowledged = 0;
      while (acknowledged < 50) {
        acknowledged = Integer.parseInt(child.await("committed").split(" ")[1]);
      }
      disk.fillUntilFree(0);
      Deadline deadline = Deadline.after(Duration.ofSeconds(8));
      String answer = child.readLine();
      while (answer.startsWith("committed") && !deadline.hasPassed()) {
        acknowledged = Integer.parseInt(answer.split(" ")[1]);
        answer = child.readLine();
      }
      String refusal = answer;
      Assertions.assertTrue(
          refusal.startsWith("failed UnavailableException")
              || refusal.startsWith("failed CommitUnknownException"),
          () -> "a commit on a full disk answered: " + refusal);
      child.send("read");
      String state = child.readLine();
      Assertions.assertTrue(child.isAlive(), "the process lives after " + refusal);
      Assertions.assertFalse(state.startsWith("committed"), () -> "read answered: " + state);
      return acknowledged;
    }
  }
}
